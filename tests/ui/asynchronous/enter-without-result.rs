use cm_runtime::{AsyncContextManager, Outcome, Owned};

struct Manager;

impl AsyncContextManager for Manager {
    type Lends = Owned<u8>;
    type Exit = ();
    async fn enter(&mut self) -> u8 {
        7
    }
    async fn exit(&mut self, _: Outcome<'_>) {}
}

fn main() {
    let _ = Manager;
}
