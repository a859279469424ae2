use std::convert::Infallible;

use cm_runtime::{ContextManager, Outcome, Owned};

struct Timer(u8);

impl ContextManager for Timer {
    type Lends = Owned<u8>;
    type Exit = ();
    fn enter(&mut self) -> Result<&mut u8, Infallible> {
        Ok(&mut self.0)
    }
    fn exit(&mut self, _: Outcome<'_>) {}
}

fn main() {}
