//! An entered generator is pinned.

use std::pin::Pin;

use cm_runtime::{AsyncManager, context_manager};

#[context_manager(yields = &u8)]
async fn lends() {
    let n = 7;
    yield_!(&n);
}

fn main() {
    let mut manager = lends();
    let lent = Pin::new(&mut manager).drive_enter();
    let moved = manager;
    drop(lent);
    drop(moved);
}
