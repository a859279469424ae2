//! The type `!`, by the one road to it that is stable.

use crate::verdict::NotImplementedByHand;

/// `!`: a call that returns it has no successor, for the type checker and the borrow checker.
pub type Never = <fn() -> ! as NotImplementedByHand>::Output;
