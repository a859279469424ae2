use cm_runtime::{AsyncExitStack, context_manager};

#[context_manager]
async fn session() {
    yield_!();
}

async fn outer() {
    let stack = AsyncExitStack::new();
    stack.enter_sync(session()).await;
}

fn main() {
    drop(outer());
}
