use cm_runtime::Manager;

fn main() {
    String::new().with(|x| x);
}
