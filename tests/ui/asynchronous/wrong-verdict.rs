use std::convert::Infallible;

use cm_runtime::{AsyncContextManager, Outcome, Owned};

struct Manager;

impl AsyncContextManager for Manager {
    type Lends = Owned<u8>;
    type Exit = bool;
    async fn enter(&mut self) -> Result<u8, Infallible> {
        Ok(7)
    }
    async fn exit(&mut self, _: Outcome<'_>) -> bool {
        true
    }
}

fn main() {
    let _ = Manager;
}
