use std::io;

use cm_runtime::{ContextManager, Outcome, with};

struct Connection(Vec<u8>);

impl ContextManager for Connection {
    type Lends = Vec<u8>;
    type Exit = io::Result<()>;
    fn enter(&mut self) -> io::Result<&mut Vec<u8>> {
        Ok(&mut self.0)
    }
    fn exit(&mut self, _: Outcome<'_>) -> io::Result<()> {
        Ok(())
    }
}

fn connect() -> io::Result<Connection> {
    Ok(Connection(Vec::new()))
}

fn f() -> io::Result<()> {
    with! { connect()? as bytes => { bytes.push(1); } }
    Ok(())
}

fn main() {}
