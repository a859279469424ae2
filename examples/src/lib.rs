//! Nothing but the doc tests of the README: what it says does not compile, does not.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
