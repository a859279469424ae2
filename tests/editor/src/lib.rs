//! Programs in which `run` asks rust-analyzer at the same places, once with `cm` and once without.
#![allow(dead_code, unused_imports, unused_macros, unused_mut, unused_parens, unused_variables)]

mod asynchronous;
mod asynchronous_plain;
mod generator;
mod generator_plain;
mod managers;
mod with;
mod with_plain;
mod within;
mod within_plain;
