use std::rc::Rc;

use cm_runtime::{AsyncExitStack, context_manager};

#[context_manager]
async fn session() {
    let shared = Rc::new(1);
    yield_!();
    drop(shared);
}

async fn outer() {
    let stack = AsyncExitStack::new();
    stack.enter(session()).await;
}

fn main() {
    drop(outer());
}
