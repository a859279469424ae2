#![deny(unused_must_use)]

use cm_runtime::AsyncExitStack;

async fn outer() {
    let stack = AsyncExitStack::new();
    stack.callback(async || ());
    stack.close();
}

fn main() {
    drop(outer());
}
