use std::rc::Rc;

use cm_runtime::AsyncExitStack;
use cm_runtime::contextlib::guard;

async fn outer() {
    let stack = AsyncExitStack::new();
    stack.enter_sync(guard(Rc::new(1), |_, _| ())).await;
}

fn main() {
    drop(outer());
}
