use cm_runtime::{context_manager, with};
use std::io;

#[context_manager]
fn checked(done: bool) -> io::Result<()> {
    if done {
        return;
    }
    yield_!();
    Ok(())
}

fn main() -> io::Result<()> {
    with! { checked(true)? => {} }
    Ok(())
}
