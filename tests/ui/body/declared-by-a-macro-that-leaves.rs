use std::pin::Pin;

use cm_runtime::{context_manager, with};

#[context_manager]
fn nothing() {
    yield_!();
}

/// As tokio's.
macro_rules! pinned {
    (let $name:ident = $value:expr;) => {
        let mut $name = $value;
        let mut $name = Pin::new(&mut $name);
    };
    ($name:ident) => {
        let mut $name = $name;
        let mut $name = Pin::new(&mut $name);
    };
}

fn outside(text: &str) -> Result<u8, std::num::ParseIntError> {
    with! { nothing() => {
        let n = text.parse::<u8>()?;
        pinned!(n);
        n.set(1);
        Ok(*n)
    } }
}

fn inside(text: &str) -> Result<u8, std::num::ParseIntError> {
    with! { nothing() => {
        pinned! { let n = text.parse::<u8>()?; }
        Ok(*n)
    } }
}

fn main() {
    assert!(outside("x").is_err() && inside("x").is_err());
}
