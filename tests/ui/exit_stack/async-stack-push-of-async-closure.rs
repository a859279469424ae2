use cm_runtime::AsyncExitStack;

async fn outer() {
    let stack = AsyncExitStack::new();
    stack.push(async |_, _| ());
}

fn main() {
    drop(outer());
}
