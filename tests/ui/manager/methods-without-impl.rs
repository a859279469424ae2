use std::convert::Infallible;

use cm_runtime::{Outcome, with};

struct Timer;

impl Timer {
    fn enter(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
    fn exit(&mut self, _: Outcome<'_>) {}
}

fn main() {
    let mut timer = Timer;
    with! { &mut timer => {} }
    timer.enter().ok();
    timer.exit(Outcome::Cancelled);
}
