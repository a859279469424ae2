//! A listener beside an entered generator does not unpin it.

use std::pin::Pin;

use cm_runtime::{AsyncManager, Manager, context_manager};

#[context_manager(yields = &u8)]
fn lends() {
    let n = 7;
    yield_!(&n);
}

#[context_manager(yields = &u8)]
async fn awaits() {
    let n = 7;
    yield_!(&n);
}

fn main() {
    let mut manager = lends().on_lost(|_| ());
    drop(Pin::new(&mut manager).drive_enter());
    let mut manager = awaits().on_lost(|_| ());
    drop(Pin::new(&mut manager).drive_enter());
}
