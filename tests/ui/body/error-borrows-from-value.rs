#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn check(text: &str) -> Result<(), &str> {
    Err(text)
}

fn outer() -> Result<(), String> {
    with! { plain() as x => {
        check(x)?;
    } }
    Ok(())
}

fn main() {}
