//! `ExitStack`. What a stack cannot hold, and values that would outlive their entry, are cases in
//! `ui/exit_stack/`.

#![allow(
    clippy::option_option,
    clippy::unnecessary_wraps,
    reason = "the cases are about the types of stacks"
)]

mod behaviours;
mod errors;
mod keys;
mod nesting;
