use cm_runtime::{AsyncExitStack, context_manager};

#[context_manager]
fn session() {
    yield_!();
}

async fn outer() {
    let stack = AsyncExitStack::new();
    stack.enter(session()).await;
}

fn main() {
    drop(outer());
}
