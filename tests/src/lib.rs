//! What the tests share: managers that write down what happens to them.

pub mod async_managers;
pub mod managers;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
