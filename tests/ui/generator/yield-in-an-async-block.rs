use cm_runtime::context_manager;

#[context_manager]
fn in_an_async_block() {
    let _ = async { yield_!() };
}

fn main() {}
