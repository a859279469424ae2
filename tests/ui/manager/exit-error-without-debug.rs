use cm_runtime::{ContextManager, Outcome, Owned};

struct Opaque;

struct Timer;

impl ContextManager for Timer {
    type Lends = Owned<()>;
    type Exit = Result<(), Opaque>;
    fn enter(&mut self) -> Result<(), Opaque> {
        Ok(())
    }
    fn exit(&mut self, _: Outcome<'_>) -> Result<(), Opaque> {
        Ok(())
    }
}

fn main() {}
