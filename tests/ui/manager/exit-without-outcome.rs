use std::convert::Infallible;

use cm_runtime::{ContextManager, Owned};

struct Timer;

impl ContextManager for Timer {
    type Lends = Owned<()>;
    type Exit = ();
    fn enter(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
    fn exit(&mut self) {}
}

fn main() {}
