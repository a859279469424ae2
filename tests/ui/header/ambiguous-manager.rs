use cm_runtime::with;

fn main() {
    with! { Default::default() as x => {
        drop(x);
    } }
}
