//! What must not compile, and what the compiler says then; see the README of this package.

#[test]
fn ui() {
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}
