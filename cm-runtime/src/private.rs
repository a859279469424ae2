//! What generated code names. Not for others: anything here may change in any release.

pub use core::convert::Infallible;
pub use core::future::IntoFuture;
pub use core::marker::PhantomData;
pub use core::ops::ControlFlow;
pub use core::option::Option::{self, None, Some};
pub use core::pin::pin;
pub use core::result::Result::{self, Err, Ok};

pub use crate::branch::{Branch, Stop};
pub use crate::captured::{Either, Put, Slot, ended, run};
#[cfg(feature = "std")]
pub use crate::captured::{SharedSlot, catch_drive, catch_run, drive};
pub use crate::kind::{Flow, Kind, Pinned, build, kind, manager, pinned};
pub use crate::manager::{ManagerError, ManagerOutcome};
pub use crate::never::Never;
pub use crate::outcome::{Leave, Outcome};
pub use crate::scope::{Scope, Turn};
pub use crate::unseen::{Awaits, HidesLeaves, OnlyPanics, Watch};

#[cfg(feature = "macros")]
pub use cm_macros::with;
