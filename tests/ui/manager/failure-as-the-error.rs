use std::io;

use cm_runtime::{ContextManager, Outcome, Owned};

struct Timer;

impl ContextManager for Timer {
    type Lends = Owned<()>;
    type Exit = io::Result<()>;
    fn enter(&mut self) -> io::Result<()> {
        Ok(())
    }
    fn exit(&mut self, outcome: Outcome<'_>) -> io::Result<()> {
        if let Outcome::Failed(error) = outcome {
            return Err(error);
        }
        Ok(())
    }
}

fn main() {}
