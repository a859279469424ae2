//! What the snippets use; the same in each crate that is made of them.

use cm_runtime::{ContextManager, Outcome, Owned};

/// Lends a number; exit can do nothing.
#[derive(Debug)]
pub struct Number;

impl ContextManager for Number {
    type Lends = Owned<u32>;
    type Exit = ();

    fn enter(&mut self) -> Result<u32, std::convert::Infallible> {
        Ok(lent())
    }

    fn exit(&mut self, _: Outcome<'_>) {}
}

/// Lends two numbers.
#[derive(Debug)]
pub struct Numbers;

impl ContextManager for Numbers {
    type Lends = Owned<(u32, u32)>;
    type Exit = ();

    fn enter(&mut self) -> Result<(u32, u32), std::convert::Infallible> {
        Ok(lent2())
    }

    fn exit(&mut self, _: Outcome<'_>) {}
}

#[must_use]
pub fn number() -> Number {
    Number
}

#[must_use]
pub fn numbers() -> Numbers {
    Numbers
}

/// What stands for entering the manager in a plain block.
pub fn lent() -> u32 {
    work()
}

pub fn lent2() -> (u32, u32) {
    (work(), work())
}

/// What stands for a yield in a plain function.
pub fn outcome<T>(_: T) -> Outcome<'static> {
    Outcome::Cancelled
}

/// Of a value that no lint knows.
pub fn work() -> u32 {
    std::hint::black_box(1)
}

pub fn done<T>(_: T) {
    std::hint::black_box(());
}

#[must_use]
pub fn must_use() -> u32 {
    1
}

pub fn fails() -> Result<(), String> {
    Ok(())
}

pub async fn later() -> u32 {
    std::future::ready(1).await
}

#[deprecated]
pub fn old() -> u32 {
    1
}
