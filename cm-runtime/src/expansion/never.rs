//! The type `!`, by the one road to it that is stable.

pub trait Returns {
    type Output;
}

impl<R> Returns for fn() -> R {
    type Output = R;
}

/// `!`: a call that returns it has no successor, for the type checker and the borrow checker.
pub type Never = <fn() -> ! as Returns>::Output;
