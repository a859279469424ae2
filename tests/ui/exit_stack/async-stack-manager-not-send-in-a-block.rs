use std::rc::Rc;

use cm_runtime::contextlib::guard;
use cm_runtime::{AsyncExitStack, with};

async fn outer() {
    let _ = with! { async AsyncExitStack::new() as stack => {
        stack.enter_sync(guard(Rc::new(1), |_, _| ())).await;
    } };
}

fn main() {
    drop(outer());
}
