//! The type `!`, named in the one way that stable Rust has for it.

use crate::verdict::NotImplementedByHand;

/// `!`: a call that returns it has no successor, for the type checker and the borrow checker.
pub type Never = <fn() -> ! as NotImplementedByHand>::Output;
