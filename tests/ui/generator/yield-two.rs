use cm_runtime::context_manager;

#[context_manager]
fn two() {
    yield_!();
    yield_!();
}

fn main() {}
