use cm_runtime::AsyncExitStack;

async fn outer() {
    let stack = AsyncExitStack::new();
    stack.callback(async || 7);
}

fn main() {
    drop(outer());
}
