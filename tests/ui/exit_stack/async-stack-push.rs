use cm_runtime::AsyncExitStack;

async fn outer() {
    let stack = AsyncExitStack::new();
    stack.push(|_, outcome| println!("{outcome:?}"));
}

fn main() {
    drop(outer());
}
