use std::fs::File;
use std::io::{self, Write as _};

use cm_runtime::{context_manager, with};

#[context_manager(yields = &mut File)]
fn created(name: &str) -> Option<()> {
    let mut file = File::create(name).ok()?;
    yield_!(&mut file);
    Some(())
}

fn main() -> io::Result<()> {
    with! { created("a")? as file => { file.write_all(b"a")?; } }
    Ok(())
}
