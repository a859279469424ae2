use cm_runtime::AsyncExitStack;
use cm_runtime::contextlib::create_file;

async fn outer() {
    let stack = AsyncExitStack::new();
    stack.enter(create_file("a.txt")).await.unwrap();
}

fn main() {
    drop(outer());
}
