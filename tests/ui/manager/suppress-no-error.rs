use std::num::ParseIntError;

use cm_runtime::contextlib::suppress;
use cm_runtime::with;

fn parse(text: &str) -> Result<(), ParseIntError> {
    with! { suppress::<(ParseIntError, std::io::Error)>() => { text.parse::<u8>()?; } };
    Ok(())
}

fn main() {
    parse("x").unwrap();
}
