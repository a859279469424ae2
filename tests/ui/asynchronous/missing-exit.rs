use std::convert::Infallible;

use cm_runtime::{AsyncContextManager, Owned};

struct Manager;

impl AsyncContextManager for Manager {
    type Lends = Owned<u8>;
    type Exit = ();
    async fn enter(&mut self) -> Result<u8, Infallible> {
        Ok(7)
    }
}

fn main() {
    let _ = Manager;
}
