//! The behaviours of `CPython`'s `test_with.py`, and what only Rust can get wrong.
//!
//! What Python finds out at run time and the compiler here is in cases in `ui/`:
//!
//! | the mistake | case |
//! |---|---|
//! | a name that is not there | `header/undeclared-name` |
//! | no manager, or one without an exit | `manager/not-a-manager`, `manager/impl-without-exit` |
//! | a pattern that does not always match | `header/refutable-none`, `header/refutable-pattern` |
//! | the value is used after the block | `body/value-after-block` |
//! | what is bound is no pattern | `parse/pattern` |
//! | a tuple of another length | `header/wrong-arity`, `header/wrong-arity-of-tuple` |
//!
//! Async managers are in `asynchronous/`, stacks of managers in `exit_stack/`.

#![allow(
    unused_parens,
    clippy::format_push_string,
    clippy::items_after_statements,
    clippy::many_single_char_names,
    clippy::needless_question_mark,
    clippy::never_loop,
    clippy::option_option,
    reason = "the cases are about such code"
)]

mod by_hand;
mod cpython;
mod err_values;
mod hidden;
mod nested;
mod panics;
mod rust;
