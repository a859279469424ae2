use std::convert::Infallible;

use cm_runtime::{ContextManager, Outcome, Owned};

struct Timer;

impl ContextManager for Timer {
    type Lends = Owned<()>;
    type Exit = ();
    fn enter(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
    fn exit(&mut self, outcome: Outcome<'_>) {
        if outcome.is::<std::io::Error>() {
            println!("an error of the disk");
        }
    }
}

fn main() {}
