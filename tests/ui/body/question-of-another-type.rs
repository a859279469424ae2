#[path = "../managers.rs"]
mod managers;

use std::num::ParseIntError;

use cm_runtime::with;
use managers::plain;

fn parse(text: &str) -> Result<String, ParseIntError> {
    with! { plain() as x => {
        let number: String = text.trim().parse::<u8>()?;
        x.push_str(&number);
        Ok(number)
    } }
}

fn main() {
    drop(parse("1"));
}
