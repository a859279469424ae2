use cm_runtime::AsyncExitStack;

async fn outer() {
    let stack = AsyncExitStack::new();
    {
        let name = String::from("a");
        stack.callback(async || println!("{name}"));
    }
    drop(stack);
}

fn main() {
    drop(outer());
}
