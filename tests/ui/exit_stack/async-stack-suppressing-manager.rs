use cm_runtime::AsyncExitStack;
use cm_runtime::contextlib::suppress;

async fn outer() {
    let stack = AsyncExitStack::new();
    stack.enter_sync(suppress::<std::fmt::Error>()).await;
}

fn main() {
    drop(outer());
}
