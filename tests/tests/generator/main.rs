//! `#[context_manager]` and `#[within]`. The numbers are those of the list of behaviours that the
//! tests in `conformance/` name.
//!
//! The script `.ci/memory` runs this under valgrind and `AddressSanitizer`.

#![allow(
    clippy::manual_let_else,
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
