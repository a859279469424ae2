use cm_runtime::AsyncExitStack;

async fn outer() {
    let stack = AsyncExitStack::new();
    stack.adopt(String::from("a"), drop);
}

fn main() {
    drop(outer());
}
