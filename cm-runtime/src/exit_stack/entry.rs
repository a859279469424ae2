//! What a stack holds: entered managers, and callbacks.

use core::any::type_name;
use core::pin::Pin;

use super::ExitStack;
use super::verdicts::{Answer, Ends, Expressible, StackVerdict};
use crate::lost::LostError;
use crate::manager::{ContextManager, Manager};
use crate::outcome::Outcome;

/// An entry of an [`ExitStack<'s, X>`].
pub(crate) trait Entry<'s, X: StackVerdict> {
    /// Called at most once.
    fn exit(
        self: Pin<&mut Self>,
        stack: &ExitStack<'s, X>,
        outcome: Outcome<'_, X::View>,
    ) -> Answer<X::Error>;

    /// Told when the error of that exit cannot reach the caller.
    fn lost(self: Pin<&mut Self>, lost: &LostError<'_>) {
        crate::lost::report(lost);
    }

    fn name(&self) -> &'static str {
        type_name::<Self>()
    }
}

/// A manager that has been entered.
impl<'s, X, M> Entry<'s, X> for M
where
    X: StackVerdict,
    M: Manager<Exit: Expressible<X>>,
{
    #[inline]
    fn exit(
        self: Pin<&mut Self>,
        _: &ExitStack<'s, X>,
        outcome: Outcome<'_, X::View>,
    ) -> Answer<X::Error> {
        let outcome = <M::Exit as Expressible<X>>::view(outcome);
        self.drive_exit(outcome).answer_in()
    }

    fn lost(self: Pin<&mut Self>, lost: &LostError<'_>) {
        self.drive_lost(lost);
    }
}

/// A closure that is told the outcome.
pub(crate) struct Push<F>(pub(crate) Option<F>);

impl<F> Unpin for Push<F> {}

impl<'s, X, F, V> Entry<'s, X> for Push<F>
where
    X: StackVerdict,
    F: FnOnce(&ExitStack<'s, X>, Outcome<'_, X::View>) -> V,
    V: Expressible<X>,
{
    #[inline]
    fn exit(
        mut self: Pin<&mut Self>,
        stack: &ExitStack<'s, X>,
        outcome: Outcome<'_, X::View>,
    ) -> Answer<X::Error> {
        match self.0.take() {
            Some(exit) => exit(stack, outcome).answer_in(),
            None => Answer::GoOn,
        }
    }
}

/// A closure that is told nothing.
pub(crate) struct Callback<F>(pub(crate) Option<F>);

impl<F> Unpin for Callback<F> {}

impl<'s, X, F, V> Entry<'s, X> for Callback<F>
where
    X: StackVerdict,
    F: FnOnce() -> V,
    V: Ends<X>,
{
    #[inline]
    fn exit(
        mut self: Pin<&mut Self>,
        _: &ExitStack<'s, X>,
        _: Outcome<'_, X::View>,
    ) -> Answer<X::Error> {
        match self.0.take() {
            Some(callback) => callback().answer_in(),
            None => Answer::GoOn,
        }
    }
}

/// A manager whose exit only is wanted.
pub(crate) struct ExitOf<M>(pub(crate) M);

impl<M> Unpin for ExitOf<M> {}

impl<'s, X, M> Entry<'s, X> for ExitOf<M>
where
    X: StackVerdict,
    M: ContextManager<Exit: Expressible<X>>,
{
    fn exit(
        mut self: Pin<&mut Self>,
        _: &ExitStack<'s, X>,
        outcome: Outcome<'_, X::View>,
    ) -> Answer<X::Error> {
        let outcome = <M::Exit as Expressible<X>>::view(outcome);
        self.0.exit(outcome).answer_in()
    }

    fn lost(mut self: Pin<&mut Self>, lost: &LostError<'_>) {
        self.0.lost(lost);
    }
}
