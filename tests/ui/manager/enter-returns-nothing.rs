use cm_runtime::{ContextManager, Outcome, Owned};

struct Timer;

impl ContextManager for Timer {
    type Lends = Owned<()>;
    type Exit = ();
    fn enter(&mut self) {}
    fn exit(&mut self, _: Outcome<'_>) {}
}

fn main() {}
