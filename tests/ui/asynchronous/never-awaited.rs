#![deny(unused_must_use)]

use cm_runtime::{AsyncManager, context_manager};

#[context_manager(yields = u8)]
async fn manager() {
    yield_!(1);
}

async fn outer() {
    manager().with(async |n| n + 1);
}

fn main() {
    drop(outer());
}
