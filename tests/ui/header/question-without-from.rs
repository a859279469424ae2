#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::open;

fn number() -> Result<u8, std::num::ParseIntError> {
    let x = with! { open()? as x => { x } };
    Ok(x)
}

fn main() {}
