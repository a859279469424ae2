use std::convert::Infallible;

use cm_runtime::{ContextManager, Outcome, Owned, Suppress, Typed};

struct Timer;

impl ContextManager for Timer {
    type Lends = Owned<()>;
    type Exit = Suppress;
    fn enter(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
    fn exit(&mut self, _: Outcome<'_, Typed>) -> Suppress {
        true
    }
}

fn main() {}
