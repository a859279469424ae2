//! `#[context_manager]` and `#[within]`. What Python finds out at run time and the compiler here is in
//! cases in `ui/`:
//!
//! | the mistake | case |
//! |---|---|
//! | no yield, or a second one | `generator/yield`; what only shows at run time is in `protocol.rs` |
//! | an argument of another type | `generator/wrong-argument` |
//! | a method that is misspelled | `manager/misspelled-method` |
//!
//! The script `.ci/memory` runs this under valgrind and `AddressSanitizer`.

#![allow(
    clippy::items_after_statements,
    clippy::manual_let_else,
    clippy::needless_lifetimes,
    clippy::needless_pass_by_value,
    clippy::needless_return,
    clippy::never_loop,
    clippy::unnecessary_map_on_constructor,
    clippy::useless_vec,
    clippy::waker_clone_wake,
    reason = "the cases are about the generators, and odd on purpose"
)]

mod around;
mod drops;
mod files;
mod functions;
mod lending;
mod places;
mod protocol;
mod uses;
mod verdicts;
mod within;
