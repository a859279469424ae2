use std::convert::Infallible;

use cm_runtime::{ContextManager, Outcome};

struct Timer(u8);

impl ContextManager for Timer {
    type Lends = u8;
    type Exit = ();
    fn enter(&mut self) -> Result<u8, Infallible> {
        Ok(self.0)
    }
    fn exit(&mut self, _: Outcome<'_>) {}
}

fn main() {}
