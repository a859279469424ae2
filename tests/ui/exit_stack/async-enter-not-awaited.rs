#![deny(unused_must_use)]

use cm_runtime::{AsyncExitStack, context_manager};

#[context_manager]
async fn session() {
    yield_!();
}

async fn outer() {
    let stack = AsyncExitStack::new();
    stack.enter(session());
}

fn main() {
    drop(outer());
}
