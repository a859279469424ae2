#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn outer() -> Result<(), std::num::ParseIntError> {
    with! { plain() as x => {
        let _: u8 = x.parse()?;
        std::fs::remove_file(x)?;
    } }
    Ok(())
}

fn main() {}
