use std::convert::Infallible;
use std::marker::PhantomPinned;

use cm_runtime::{ContextManager, Outcome, Owned, with};

struct Pinned(PhantomPinned);

impl ContextManager for Pinned {
    type Lends = Owned<()>;
    type Exit = ();
    fn enter(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
    fn exit(&mut self, _: Outcome<'_>) {}
}

fn main() {
    with! { Pinned(PhantomPinned) => {} }
}
