//! What passes by the managers that a generator has entered around its yield.
//!
//! The code behind a yield runs also when the block's body has failed, so that a block around the yield
//! ends as if nothing had happened. For its manager that would be a success. In Python the exception
//! comes out of the yield, and passes by it. So here it is told what the yield was told, unless the
//! code behind the yield fails by itself.

use crate::__private::async_scope::AsyncScope;
use crate::__private::scope::{Scope, Turn};
use crate::__private::unseen::Unseen;
use crate::async_manager::AsyncManager;
use crate::manager::Manager;
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

    /// The yield has given `outcome`.
    #[inline]
    pub fn note(outcome: Outcome<'f, G>, this: &mut Self) -> Outcome<'f, G> {
        this.0 = Some(outcome);
        outcome
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

/// Of a scope around a yield.
pub struct AroundYield<'f, G: View, W> {
    passing: Passing<'f, G>,
    /// The yield was in the header: the scope is not around it.
    is_behind: bool,
    otherwise: W,
}

impl<G: View, W: Copy> Clone for AroundYield<'_, G, W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<G: View, W: Copy> Copy for AroundYield<'_, G, W> {}

impl<'f, G: View, W> AroundYield<'f, G, W> {
    #[inline]
    pub fn new(passing: Passing<'f, G>, otherwise: W) -> Self {
        Self {
            passing,
            is_behind: passing.0.is_some(),
            otherwise,
        }
    }
}

impl<G: View, W: Unseen> Unseen for AroundYield<'_, G, W> {
    fn outcome<V: View>(&self) -> Outcome<'static, V> {
        self.otherwise.outcome()
    }

    #[inline]
    fn told<'a, V: View>(&self, outcome: Outcome<'a, V>) -> Outcome<'a, V>
    where
        Self: 'a,
    {
        match self.passing.0 {
            Some(passing) if outcome.is_success() && !passing.is_success() && !self.is_behind => {
                passing.seen_by()
            }
            _ => outcome,
        }
    }

    #[cfg(feature = "tracing")]
    fn entered_span(&self, span: tracing::Span) {
        self.otherwise.entered_span(span);
    }

    #[cfg(feature = "tracing")]
    fn leaves_span(&self) {
        self.otherwise.leaves_span();
    }

    fn is_the_managers_own(&self) -> bool {
        self.otherwise.is_the_managers_own()
    }
}

impl<'f, M, V, G, W> Scope<'_, M, V, AroundYield<'f, G, W>>
where
    M: Manager<Exit = V>,
    V: Verdict,
    G: View,
    W: Unseen,
{
    /// Before an exit. By value, so that a value that escapes is reported once.
    #[inline]
    #[must_use]
    pub fn around(mut scope: Self, passing: Passing<'f, G>) -> Self {
        scope.unseen.passing = passing;
        scope
    }
}

impl<'f, M, V, G, W> AsyncScope<'_, M, V, AroundYield<'f, G, W>>
where
    M: AsyncManager<Exit = V>,
    V: Verdict,
    G: View,
    W: Unseen,
{
    /// As that of a [`Scope`].
    #[inline]
    #[must_use]
    pub fn around(mut scope: Self, passing: Passing<'f, G>) -> Self {
        scope.unseen.passing = passing;
        scope
    }
}
