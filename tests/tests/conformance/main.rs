//! The behaviours of `CPython`'s `test_with.py`, and what only Rust can get wrong.
//!
//! Each test names its line in the list of behaviours: a number for Python's, `R` and a number for
//! Rust's. Lines that the compiler enforces are cases in `ui/`:
//!
//! | line | case |
//! |---|---|
//! | 1 | `header/undeclared-name` |
//! | 2 | `manager/not-a-manager`, `manager/impl-without-exit` |
//! | 6 | `header/refutable-none`, `header/refutable-pattern` |
//! | 11 | `body/value-after-block` |
//! | 13, 33 | `parse/pattern` |
//! | 18 | `header/wrong-arity`, `header/wrong-arity-of-tuple` |
//!
//! Lines 3, 4 and 5 are about async managers. Lines 16 and 23 are about a stack of managers.

#![allow(
    unused_parens,
    clippy::format_push_string,
    clippy::items_after_statements,
    clippy::many_single_char_names,
    clippy::needless_question_mark,
    clippy::never_loop,
    clippy::option_option,
    reason = "the cases are as the lines say"
)]

mod cpython;
mod hidden;
mod nested;
mod rust;
