#[path = "../managers.rs"]
mod managers;

use std::num::ParseIntError;

use cm_runtime::{ContextManager, Outcome, Owned, with};
use managers::open;

struct Number;

impl ContextManager for Number {
    type Lends = Owned<u8>;
    type Exit = Result<(), ParseIntError>;
    fn enter(&mut self) -> Result<u8, ParseIntError> {
        "7".parse()
    }
    fn exit(&mut self, _: Outcome<'_>) -> Result<(), ParseIntError> {
        Ok(())
    }
}

fn sum() -> std::io::Result<u8> {
    let sum = with! { open()? as x, Number? as y => { x + y } };
    Ok(sum)
}

fn main() {}
