use std::rc::Rc;

use cm_runtime::AsyncExitStack;

async fn outer() {
    let stack = AsyncExitStack::new();
    stack.callback(async || {
        let shared = Rc::new(1);
        std::future::ready(()).await;
        drop(shared);
    });
}

fn main() {
    drop(outer());
}
