use std::any::Any;
use std::error::Error;
use std::fmt;

use cm_runtime::{context_manager, with};

#[context_manager]
fn nothing() {
    yield_!();
}

/// As arrayvec's `CapacityError`.
#[derive(Debug)]
struct Full<T>(T);

impl<T> fmt::Display for Full<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("insufficient capacity")
    }
}

impl<T: Any + fmt::Debug> Error for Full<T> {}

fn push<'a>(out: &mut String, text: &'a str) -> Result<(), Full<&'a str>> {
    if out.len() + text.len() > 4 {
        return Err(Full(text));
    }
    out.push_str(text);
    Ok(())
}

fn push_twice<'a>(out: &mut String, text: &'a str) -> Result<(), Full<&'a str>> {
    with! { nothing() => {
        push(out, text)?;
        push(out, text)?;
    } }
    Ok(())
}

fn main() {
    assert!(push_twice(&mut String::new(), "abc").is_err());
}
