//! Context managers for Rust: Python's `with` statement, checked at compile time.

#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod closure;
mod impls;
mod lends;
mod local;
pub mod lost;
mod manager;
mod on_lost;
mod outcome;
mod verdict;

pub use impls::Optional;
pub use lends::{Lend, Lends, Lent, Mut, Owned, Ref};
pub use lost::{LostCause, LostError};
#[cfg(feature = "std")]
pub use lost::{set_lost_error_hook, take_lost_error_hook};
pub use manager::{ContextManager, ErrorOf, Manager, OutcomeOf};
pub use on_lost::OnLost;
pub use outcome::{Failure, Leave, Outcome, Panic, Shown, Typed, View};
pub use verdict::{Inspecting, Suppress, Verdict};

#[doc(hidden)]
#[path = "expansion/mod.rs"]
pub mod __private;

/// `with!`
#[cfg(feature = "macros")]
#[macro_export]
macro_rules! with {
    ($($input:tt)*) => {
        $crate::__private::with! { [$crate] $($input)* }
    };
}
