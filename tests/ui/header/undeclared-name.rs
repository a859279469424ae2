use cm_runtime::with;

fn main() {
    with! { lock as x => {
        x.clear();
    } }
}
