//! A `fn(&'a T)` for one lifetime could be called with a reference that lives shorter.

use cm_runtime::{Lend, context_manager};

struct Taker;
impl<'a> Lend<'a> for Taker {
    type Value = fn(&'a String);
}

#[context_manager(yields = <Taker as Lend<'_>>::Value)]
async fn taker() {
    yield_!(|_| ());
}

fn main() {}
