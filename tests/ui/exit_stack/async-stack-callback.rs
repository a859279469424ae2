use cm_runtime::AsyncExitStack;

async fn outer() {
    let stack = AsyncExitStack::new();
    stack.callback(|| println!("closed"));
}

fn main() {
    drop(outer());
}
