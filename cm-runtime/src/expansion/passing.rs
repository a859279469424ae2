//! What the managers are told that a generator has entered around its yield.
//!
//! The code behind a yield runs also when the body has failed. So a block around the yield ends normally, and its
//! manager would be told of a success. In Python the exception comes out of the yield, and passes through the `with`
//! around it. So here the manager is told the outcome that the yield gave, unless the code behind the yield fails by
//! itself.

use crate::__private::scope::Turn;
use crate::outcome::{Outcome, View};
use crate::verdict::Verdict;

/// The outcome that the yield of a generator gave: a local variable of the generator. `None`: the yield has not been
/// reached, or the failure was suppressed.
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

    /// Whether the yield is still to come. A manager that is entered after the yield, for instance since the yield is
    /// in the header before it, is not around it.
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

    /// The exit of a manager has replaced the leave. If it has suppressed the failure, the managers further out are
    /// not told of it. A panic that unwinds, and a cancellation, cannot be suppressed.
    #[inline]
    pub fn turned<V: Verdict>(this: &mut Self, turn: &Turn<V>) {
        let can_be = this.0.is_some_and(|passing| passing.can_be_suppressed());
        if let (Turn::Suppressed(_), true) = (turn, can_be) {
            this.0 = None;
        }
    }
}
