use std::io;

use cm_runtime::{context_manager, with};

#[context_manager]
fn suppresses() -> Result<bool, String> {
    yield_!();
    Ok(true)
}

#[context_manager(yields = &str)]
fn counts() -> io::Result<usize> {
    yield_!("seven");
    Ok(7)
}

fn main() -> io::Result<()> {
    with! { suppresses() => {} }.unwrap();
    with! { counts()? as text => { println!("{text}"); } }
    Ok(())
}
