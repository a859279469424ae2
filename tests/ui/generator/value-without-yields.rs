use cm_runtime::context_manager;

#[context_manager]
fn value_without_yields() {
    yield_!(7);
}

fn main() {}
