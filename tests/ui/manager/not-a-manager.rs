use cm_runtime::with;

fn main() {
    with! { String::new() as x => {
        x.clear();
    } }
}
