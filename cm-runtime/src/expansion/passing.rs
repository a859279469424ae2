//! What passes by the managers that a generator has entered around its yield.
//!
//! The code behind a yield runs also when the block's body has failed, so that a block around the yield
//! ends as if nothing had happened. For its manager that would be a success. In Python the exception
//! comes out of the yield, and passes by it. So here it is told what the yield was told, unless the
//! code behind the yield fails by itself.

use crate::__private::scope::Turn;
use crate::outcome::{Outcome, View};
use crate::verdict::Verdict;

/// What the yield of a generator was told: a local of its frame, as the outcome itself.
pub struct Passing<'f, G: View>(Option<Outcome<'f, G>>);

impl<G: View> Clone for Passing<'_, G> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<G: View> Copy for Passing<'_, G> {}

impl<'f, G: View> Passing<'f, G> {
    /// The yield has not been reached.
    #[inline]
    pub fn new() -> Self {
        Self(None)
    }

    /// Whether the yield is still to come. A manager that is entered behind it, as in a header that has the
    /// yield in it, is not around it.
    #[inline]
    pub fn is_ahead(this: &Self) -> bool {
        this.0.is_none()
    }

    /// The yield has given `outcome`.
    #[inline]
    pub fn note(outcome: Outcome<'f, G>, this: &mut Self) -> Outcome<'f, G> {
        this.0 = Some(outcome);
        outcome
    }

    /// What exit is told of a leave with `outcome`.
    #[inline]
    pub fn told<'a, V: View>(self, is_around: bool, outcome: Outcome<'a, V>) -> Outcome<'a, V>
    where
        'f: 'a,
    {
        match self.0 {
            Some(passing) if is_around && outcome.is_success() && !passing.is_success() => {
                passing.seen_by()
            }
            _ => outcome,
        }
    }

    /// The exit of a manager has put something in the place of the leave: what it has suppressed does not
    /// pass by those further out. What unwinds, or was cancelled, goes on whatever an exit answers.
    #[inline]
    pub fn turned<V: Verdict>(this: &mut Self, turn: &Turn<V>) {
        let can_be = this.0.is_some_and(|passing| passing.can_be_suppressed());
        if let (Turn::Suppressed(_), true) = (turn, can_be) {
            this.0 = None;
        }
    }
}
