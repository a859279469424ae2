use std::fs::File;
use std::io;

use cm_runtime::{context_manager, with};

#[context_manager]
fn open(path: &str) -> io::Result<File> {
    let file = File::open(path)?;
    yield_!(file);
    Ok(())
}

fn main() -> io::Result<()> {
    let length = with! { open("a")? as file => { file.metadata()?.len() } };
    println!("{length}");
    Ok(())
}
