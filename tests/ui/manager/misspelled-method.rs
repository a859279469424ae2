use std::convert::Infallible;

use cm_runtime::{ContextManager, LostError, Outcome, Owned, with};

struct Timer;

impl ContextManager for Timer {
    type Lends = Owned<()>;
    type Exit = ();
    fn enter(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
    fn exit(&mut self, _: Outcome<'_>) {}
    fn lots(&mut self, _: &LostError<'_>) {}
}

fn main() {
    with! { Timer => {} }
}
