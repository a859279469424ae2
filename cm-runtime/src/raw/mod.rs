//! All the unsafe code of the crate. Each file opens with its invariants.

#![allow(unsafe_code)]

mod async_generator;
#[cfg(feature = "std")]
mod env;
mod generator;
mod local;
#[cfg(feature = "alloc")]
mod stack;

pub use self::async_generator::{AsyncGenerator, AsyncYielder, Handshake};
#[cfg(feature = "std")]
pub use self::env::{Env, remove_env, set_env};
pub use self::generator::{Generator, Promise, Yielder};
pub(crate) use self::local::Local;
#[cfg(feature = "alloc")]
pub(crate) use self::stack::{Entries, Kind, Placed};
