use cm_runtime::with;

fn main() {
    with!({});
}
