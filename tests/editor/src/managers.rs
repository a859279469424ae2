//! What the other files enter.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use cm_runtime::{AsyncContextManager, ContextManager, Leave, Mut, Outcome};

/// A file that is flushed at the end.
pub struct Durable(pub BufWriter<File>);

impl ContextManager for Durable {
    type Lends = Mut<BufWriter<File>>;
    type Exit = io::Result<()>;

    fn enter(&mut self) -> io::Result<&mut BufWriter<File>> {
        Ok(&mut self.0)
    }

    fn exit(&mut self, _: Outcome<'_>) -> io::Result<()> {
        self.0.flush()
    }
}

/// Makes a manager, or fails.
pub fn create(path: &Path) -> io::Result<Durable> {
    Ok(Durable(BufWriter::new(File::create(path)?)))
}

/// What a pool lends.
pub struct Connection {
    pub id: u32,
}

impl Connection {
    pub async fn ping(&mut self) -> io::Result<u32> {
        Ok(self.id)
    }
}

/// A connection that is given back.
pub struct Pooled(pub Connection);

impl AsyncContextManager for Pooled {
    type Lends = Mut<Connection>;
    type Exit = io::Result<()>;

    async fn enter(&mut self) -> io::Result<&mut Connection> {
        Ok(&mut self.0)
    }

    async fn exit(&mut self, _: Outcome<'_>) -> io::Result<()> {
        Ok(())
    }
}

pub struct Pool;

impl Pool {
    /// Makes a manager, or fails.
    pub fn acquire(&self) -> io::Result<Pooled> {
        Ok(Pooled(Connection { id: 1 }))
    }
}

/// Stands for a yield: the body has ended.
pub fn lend_to<T>(_: T) -> Outcome<'static> {
    Outcome::Succeeded(Leave::End)
}
