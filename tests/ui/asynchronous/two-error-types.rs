#[path = "../async_managers.rs"]
mod async_managers;

use std::num::ParseIntError;

use async_managers::open;
use cm_runtime::{context_manager, with};

#[context_manager(yields = u8)]
async fn number(text: &str) -> Result<(), ParseIntError> {
    yield_!(text.parse()?);
    Ok(())
}

async fn outer() -> std::io::Result<u8> {
    with! { async open()? as a, async number("1")? as b => { Ok(a + b) } }
}

fn main() {
    drop(outer());
}
