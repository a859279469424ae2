//! The functions and types that generated code uses. Not for others: anything here may change in any release.
//!
//! The module is `__private` in paths, since compiler messages show them.

#![allow(
    missing_docs,
    clippy::missing_errors_doc,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::new_without_default,
    reason = "called by generated code only"
)]

pub(crate) mod async_scope;
pub(crate) mod captured;
pub(crate) mod classify;
pub(crate) mod inner;
pub(crate) mod kind;
pub(crate) mod known;
pub(crate) mod lose;
#[cfg(not(feature = "std"))]
mod needs_std;
pub(crate) mod never;
mod passing;
pub(crate) mod residual;
pub(crate) mod scope;
#[cfg(feature = "tracing")]
mod spans;
pub(crate) mod told;
pub(crate) mod unseen;

pub use core::convert::Infallible;
pub use core::ops::ControlFlow::{Break, Continue};
pub use core::option::Option::Some;
pub use core::panic::Location;
pub use core::pin::pin;
pub use core::result::Result::{Err, Ok};

pub use self::async_scope::AsyncScope;
pub use self::captured::{Either, Put, Slot, ended, run};
#[cfg(feature = "std")]
pub use self::captured::{SharedSlot, catch_drive, catch_run, drive, resume};
pub use self::inner::{ends_with, ends_with_open, innermost};
pub use self::kind::{
    Flow, Kind, Pinned, async_kind_of, block, block_type, body_type, kind, kind_of, open,
    open_block, open_suppressed, open_turn, open_type, pin_of, pinned, same, turn, value,
};
#[cfg(not(feature = "std"))]
pub use self::needs_std::{SharedSlot, catch_drive, catch_run, drive, resume};
pub use self::never::Never;
pub use self::passing::Passing;
pub use self::residual::goes_on;
pub use self::scope::{NOTHING, Scope, Turn, lent};
pub use self::unseen::{Awaits, HidesLeaves, OnlyPanics, Watch};
pub use crate::bounds::{
    Await, Enter, EnterAsync, Stop, Try, TryEnter, TryEnterAsync, WithoutValue,
};
pub use crate::outcome::Leave;
pub use crate::raw::{
    AsyncGenerator, AsyncYielder, Generator, Handshake, Promise, Yielded, Yielder,
};

// rust-analyzer, which sets this for all that it looks at, gets an expansion of its own.
#[cfg(all(feature = "macros", not(rust_analyzer)))]
pub use cm_macros::{context_manager, with, within};
#[cfg(all(feature = "macros", rust_analyzer))]
pub use cm_macros::{
    context_manager_in_editor as context_manager, with_in_editor as with,
    within_in_editor as within,
};
