use std::fs::File;
use std::io;
use std::path::Path;

use cm_runtime::{context_manager, with};

#[context_manager(yields = &mut File)]
fn open(path: impl AsRef<Path>) -> io::Result<()> {
    let mut file = File::open(path)?;
    yield_!(&mut file);
    Ok(())
}

fn main() -> io::Result<()> {
    with! { open(5)? as file => {
        file.sync_all()
    } }
}
