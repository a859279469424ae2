use std::fs::File;
use std::io;

use cm_runtime::{context_manager, with};

#[context_manager(yields = &mut File)]
fn open(name: &str) -> io::Result<()> {
    let mut file = File::open(name)?
    yield_!(&mut file);
    Ok(())
}

fn main() -> io::Result<()> {
    with! { open("a.txt")? as file => { file.sync_all()?; } }
    Ok(())
}
