//! `#[context_manager]` and `#[within]`. The numbers are those of the list of behaviours that the
//! tests in `conformance/` name.
//!
//! Lines that the compiler enforces are cases in `ui/`:
//!
//! | line | case |
//! |---|---|
//! | 51, 53 | `generator/yield` |
//! | 52 | `generator/yield`; what only shows at run time is in `protocol.rs` |
//! | 62 | `generator/wrong-argument` |
//! | 77 | `manager/misspelled-method` |
//!
//! Line 59 (name, documentation and attributes are kept) is in `functions.rs`; line 81 (a function
//! that returns a future or an iterator) is in the documentation of `#[within]`.
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

mod drops;
mod files;
mod functions;
mod lending;
mod places;
mod protocol;
mod uses;
mod verdicts;
mod within;
