//! All the unsafe code of the crate. Each file opens with its invariants.

#![allow(unsafe_code)]

mod generator;
mod local;
#[cfg(feature = "alloc")]
mod stack;

pub use self::generator::{Generator, Promise, Yielder};
pub(crate) use self::local::Local;
#[cfg(feature = "alloc")]
pub(crate) use self::stack::{Entries, Kind, Taken};
