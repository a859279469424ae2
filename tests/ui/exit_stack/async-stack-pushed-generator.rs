use cm_runtime::{AsyncExitStack, context_manager};

#[context_manager]
fn session() {
    yield_!();
}

fn main() {
    let stack = AsyncExitStack::new();
    stack.push_exit_sync(session());
}
