//! What a stack holds: entered managers, and callbacks.

use alloc::boxed::Box;
use core::panic::Location;
use core::pin::Pin;

use super::ExitStack;
use super::unwind::Told;
use super::verdicts::{Answer, Ends, Expressible, StackVerdict};
use crate::manager::{ContextManager, Manager};
use crate::outcome::Outcome;
use crate::raw::Placed;

/// An entry of an [`ExitStack<'s, X>`], in its box.
pub(crate) trait Entry<'s, X: StackVerdict> {
    /// Exits, and frees the box.
    fn exit(self: Pin<Box<Self>>, stack: &ExitStack<'s, X>, told: &Told<'_, X>)
    -> Answer<X::Error>;

    fn origin(self: Pin<&mut Self>) -> Origin;
}

/// An entry that lends nothing.
#[inline]
#[track_caller]
pub(super) fn boxed<'s, X: StackVerdict, T: Exits<'s, X> + 's>(
    entry: T,
) -> Box<dyn Entry<'s, X> + 's> {
    Box::new(Placed {
        entry,
        place: Location::caller(),
    })
}

/// The name of an entry's type, and where it was put into the stack.
#[derive(Clone, Copy)]
pub(crate) struct Origin {
    pub(crate) name: &'static str,
    pub(crate) place: &'static Location<'static>,
}

/// What [`Placed`] makes an [`Entry`]: a manager, or a closure in a wrapper that says how it is called.
pub(crate) trait Exits<'s, X: StackVerdict>: Sized {
    /// What the user put into the stack: a manager or a closure.
    type Named;

    fn exit(
        this: Pin<Box<Placed<Self>>>,
        stack: &ExitStack<'s, X>,
        told: &Told<'_, X>,
    ) -> Answer<X::Error>;
}

impl<'s, X: StackVerdict, T: Exits<'s, X>> Entry<'s, X> for Placed<T> {
    #[inline]
    fn exit(
        self: Pin<Box<Self>>,
        stack: &ExitStack<'s, X>,
        told: &Told<'_, X>,
    ) -> Answer<X::Error> {
        T::exit(self, stack, told)
    }

    fn origin(self: Pin<&mut Self>) -> Origin {
        origin_of::<T::Named>(self.place())
    }
}

/// A manager that has been entered.
impl<'s, X, M> Exits<'s, X> for M
where
    X: StackVerdict,
    M: Manager<Exit: Expressible<X>>,
{
    type Named = M;

    #[inline]
    fn exit(
        mut this: Pin<Box<Placed<Self>>>,
        _: &ExitStack<'s, X>,
        told: &Told<'_, X>,
    ) -> Answer<X::Error> {
        let outcome = <M::Exit as Expressible<X>>::view(told.outcome());
        let answer = this.as_mut().entry().drive_exit(outcome).answer_in();
        let answer = answer.of_manager(|| this.as_mut().entry().drive_replaces());
        let origin = origin_of::<M>(this.as_mut().place());
        told.lose(origin, &answer, |lost| {
            this.as_mut().entry().drive_lost(lost);
        });
        answer
    }
}

fn origin_of<N>(place: &'static Location<'static>) -> Origin {
    Origin {
        name: core::any::type_name::<N>(),
        place,
    }
}

/// A closure that is told the outcome.
pub(crate) struct Push<F>(pub(crate) F);

impl<F> Unpin for Push<F> {}

impl<'s, X, F, V> Exits<'s, X> for Push<F>
where
    X: StackVerdict,
    F: FnOnce(&ExitStack<'s, X>, Outcome<'_, X::View>) -> V,
    V: Expressible<X>,
{
    type Named = F;

    #[inline]
    fn exit(
        this: Pin<Box<Placed<Self>>>,
        stack: &ExitStack<'s, X>,
        told: &Told<'_, X>,
    ) -> Answer<X::Error> {
        let this = *Pin::into_inner(this);
        let origin = origin_of::<F>(this.place);
        let answer = (this.entry.0)(stack, told.outcome()).answer_in();
        told.lose(origin, &answer, crate::lost::report);
        answer
    }
}

/// A closure that is told nothing.
pub(crate) struct Callback<F>(pub(crate) F);

impl<F> Unpin for Callback<F> {}

impl<'s, X, F, V> Exits<'s, X> for Callback<F>
where
    X: StackVerdict,
    F: FnOnce() -> V,
    V: Ends<X>,
{
    type Named = F;

    #[inline]
    fn exit(
        this: Pin<Box<Placed<Self>>>,
        _: &ExitStack<'s, X>,
        told: &Told<'_, X>,
    ) -> Answer<X::Error> {
        let this = *Pin::into_inner(this);
        let origin = origin_of::<F>(this.place);
        let answer = (this.entry.0)().answer_in();
        told.lose(origin, &answer, crate::lost::report);
        answer
    }
}

/// A manager of which only the exit is called: see [`ExitStack::push_exit`].
pub(crate) struct ExitOf<M>(pub(crate) M);

impl<M> Unpin for ExitOf<M> {}

impl<'s, X, M> Exits<'s, X> for ExitOf<M>
where
    X: StackVerdict,
    M: ContextManager<Exit: Expressible<X>>,
{
    type Named = M;

    fn exit(
        this: Pin<Box<Placed<Self>>>,
        _: &ExitStack<'s, X>,
        told: &Told<'_, X>,
    ) -> Answer<X::Error> {
        let mut this = *Pin::into_inner(this);
        let outcome = <M::Exit as Expressible<X>>::view(told.outcome());
        let answer = this.entry.0.exit(outcome).answer_in();
        let answer = answer.of_manager(|| this.entry.0.exit_replaces());
        let origin = origin_of::<M>(this.place);
        told.lose(origin, &answer, |lost| this.entry.0.lost(lost));
        answer
    }
}
