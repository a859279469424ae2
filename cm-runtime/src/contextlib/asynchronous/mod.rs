//! The async side of the toolbox.

mod aclosing;
mod atransaction;
#[cfg(feature = "tokio")]
mod cleanups;
#[cfg(feature = "tokio")]
mod detached;
#[cfg(feature = "tokio")]
mod group;
#[cfg(feature = "tokio")]
mod kept;
#[cfg(feature = "tokio")]
mod locks;
#[cfg(feature = "tokio")]
mod timeout;

pub use self::aclosing::{Aclosing, aclosing};
pub use self::atransaction::{Atransaction, atransaction};
#[cfg(feature = "tokio")]
pub use self::cleanups::Cleanups;
#[cfg(feature = "tokio")]
pub use self::detached::{Detached, DetachedError, detached, shielded};
#[cfg(feature = "tokio")]
pub use self::group::{Output, OutputLost, TaskError, TaskErrors, TaskFailure, TaskGroup, Tasks};
#[cfg(feature = "tokio")]
pub(crate) use self::kept::Kept;
#[cfg(feature = "tokio")]
pub use self::timeout::{TimedOut, timeout};
