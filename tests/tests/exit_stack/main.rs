//! `ExitStack`. The numbers are those of the list of behaviours that the tests in `conformance/`
//! name; lines 86 and 223 are cases in `ui/exit_stack/`.

#![allow(
    clippy::option_option,
    clippy::unnecessary_wraps,
    reason = "the cases are about the types of stacks"
)]

mod behaviours;
mod errors;
mod keys;
mod nesting;
