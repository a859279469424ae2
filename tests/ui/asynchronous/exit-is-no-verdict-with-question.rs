use std::io;

use cm_runtime::{AsyncContextManager, Outcome, Owned, with};

struct Connection;

impl AsyncContextManager for Connection {
    type Lends = Owned<()>;
    type Exit = io::Result<bool>;
    async fn enter(&mut self) -> io::Result<()> {
        Ok(())
    }
    async fn exit(&mut self, _: Outcome<'_>) -> io::Result<bool> {
        Ok(true)
    }
}

fn connect() -> io::Result<Connection> {
    Ok(Connection)
}

async fn f() -> io::Result<()> {
    with! { async connect()? => {} }
    Ok(())
}

fn main() {}
