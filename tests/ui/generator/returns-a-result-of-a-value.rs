use std::io;

use cm_runtime::{context_manager, with};

#[context_manager(yields = &str)]
fn counts() -> io::Result<usize> {
    yield_!("seven");
    Ok(7)
}

fn main() -> io::Result<()> {
    with! { counts()? as text => { println!("{text}"); } }
    Ok(())
}
