use std::convert::Infallible;

use cm_runtime::{ContextManager, Outcome, Owned};

struct Timer;

impl ContextManager for Timer {
    type Lends = Owned<()>;
    type Exit = ();
    fn enter(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
    fn exit(&mut self, _: Outcome<'_>) -> bool {
        true
    }
}

fn main() {}
