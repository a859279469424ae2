//! What compiles as a plain block compiles in a body, and means the same.
//!
//! The package `cm-tests-edition2021` runs the same files in that edition.

#![allow(
    unused_parens,
    unused_braces,
    clippy::all,
    clippy::pedantic,
    reason = "the cases are odd on purpose: all that a plain block accepts"
)]

mod borrows;
mod coercions;
mod expected;
mod flow;
mod fragments;
mod inference;
mod leaves;
mod macros;
mod operands;
mod order;
mod positions;
mod send;
mod signatures;
mod tricks;
