use std::convert::Infallible;

use cm_runtime::{AsyncContextManager, Outcome, Owned};

struct Manager;

impl AsyncContextManager for Manager {
    type Lends = Owned<u8>;
    type Exit = ();
    async fn enter(&mut self) -> Result<String, Infallible> {
        Ok(String::new())
    }
    async fn exit(&mut self, _: Outcome<'_>) {}
}

fn main() {
    let _ = Manager;
}
