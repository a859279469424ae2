use cm_runtime::contextlib::aclosing;

fn main() {
    let _ = aclosing(String::new(), drop);
}
