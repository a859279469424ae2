use std::io;

use cm_runtime::{ContextManager, Outcome, Owned, with};

struct Connection;

impl ContextManager for Connection {
    type Lends = Owned<()>;
    type Exit = io::Result<bool>;
    fn enter(&mut self) -> io::Result<()> {
        Ok(())
    }
    fn exit(&mut self, _: Outcome<'_>) -> io::Result<bool> {
        Ok(true)
    }
}

fn connect() -> io::Result<Connection> {
    Ok(Connection)
}

fn f() -> io::Result<()> {
    with! { connect()? => {} }
    Ok(())
}

fn main() {}
