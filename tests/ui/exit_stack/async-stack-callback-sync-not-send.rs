use std::rc::Rc;

use cm_runtime::AsyncExitStack;

async fn outer() {
    let stack = AsyncExitStack::new();
    let shared = Rc::new(1);
    stack.callback_sync(move || drop(shared));
}

fn main() {
    drop(outer());
}
