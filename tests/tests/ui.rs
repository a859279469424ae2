//! What must not compile, and what the compiler says then; see the README of this package.

#[rustversion::attr(
    not(stable(1.95)),
    ignore = "the messages are those of Rust 1.95, and each Rust has its own"
)]
#[test]
fn ui() {
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}
