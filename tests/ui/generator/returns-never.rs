use cm_runtime::context_manager;

#[context_manager]
fn never() -> ! {
    yield_!();
}

fn main() {}
