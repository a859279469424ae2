//! All the unsafe code of the crate. Each file begins with its invariants, to which the `SAFETY` comments refer by
//! number where it does not show on the spot why they hold.
//!
//! One holds for all of them: of a pinned future, or of what has one in it, no `&` to the whole is made. The future may
//! hold a `&mut` to a part of itself, and lend one, which must be the only way to that part meanwhile. A `&mut` to what
//! is not `Unpin` does not claim to be, so whatever stands beside the future is reached through that.

#![allow(unsafe_code)]

mod async_generator;
#[cfg(feature = "std")]
mod async_stack;
mod carriers;
#[cfg(feature = "tokio")]
mod detached;
#[cfg(feature = "std")]
mod env;
#[cfg(feature = "std")]
mod framed;
mod generator;
mod local;
mod on_lost;
#[cfg(feature = "alloc")]
mod stack;
mod watched;

#[cfg(feature = "std")]
pub(crate) use self::async_generator::Start;
pub use self::async_generator::{AsyncGenerator, AsyncYielder, Handshake};
#[cfg(feature = "std")]
pub(crate) use self::async_stack::{AsyncPlaced, Entering, Lasting, Shared};
#[cfg(feature = "tokio")]
pub(crate) use self::detached::{Ended, Exit, Exits, Frame};
#[cfg(feature = "std")]
pub use self::env::{Env, remove_env, set_env};
#[cfg(feature = "std")]
pub(crate) use self::framed::{framed, framed_exit, framed_sync};
#[cfg(feature = "std")]
pub(crate) use self::generator::take_back;
pub use self::generator::{Generator, Promise, Yielded, Yielder};
pub(crate) use self::local::Local;
pub use self::on_lost::OnLost;
#[cfg(feature = "std")]
pub(crate) use self::stack::Taken;
#[cfg(feature = "alloc")]
pub(crate) use self::stack::{Entries, Kind, Placed};
pub(crate) use self::watched::{OfBody, OfEnter, OfExit, Watched};
