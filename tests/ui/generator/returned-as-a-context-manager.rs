use cm_runtime::{ContextManager, Owned, context_manager};

#[context_manager(yields = u8)]
fn seven() {
    yield_!(7);
}

fn manager() -> impl ContextManager<Lends = Owned<u8>, Exit = ()> {
    seven()
}

fn main() {}
