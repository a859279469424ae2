//! The `?` operator, taken apart: what `core::ops::Try` does, which is not stable.

use core::convert::Infallible;
use core::ops::ControlFlow;
use core::task::Poll;

/// What `?` can be applied to.
#[diagnostic::on_unimplemented(
    message = "the `?` operator can only be applied to a `Result`, an `Option`, a `ControlFlow` or a `Poll` of a `Result`",
    label = "the `?` operator cannot be applied to type `{Self}`"
)]
pub trait Branch {
    type Output;
    /// What leaves; a `?` applied to it converts it and hands it to the function.
    type Residual;
    fn branch(self) -> ControlFlow<Self::Residual, Self::Output>;
}

#[diagnostic::do_not_recommend]
impl<T, E> Branch for Result<T, E> {
    type Output = T;
    type Residual = Result<Infallible, E>;
    #[inline]
    fn branch(self) -> ControlFlow<Self::Residual, T> {
        match self {
            Ok(value) => ControlFlow::Continue(value),
            Err(error) => ControlFlow::Break(Err(error)),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T> Branch for Option<T> {
    type Output = T;
    type Residual = Option<Infallible>;
    #[inline]
    fn branch(self) -> ControlFlow<Self::Residual, T> {
        match self {
            Some(value) => ControlFlow::Continue(value),
            None => ControlFlow::Break(None),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<B, C> Branch for ControlFlow<B, C> {
    type Output = C;
    type Residual = ControlFlow<B, Infallible>;
    #[inline]
    fn branch(self) -> ControlFlow<Self::Residual, C> {
        match self {
            ControlFlow::Continue(value) => ControlFlow::Continue(value),
            ControlFlow::Break(value) => ControlFlow::Break(ControlFlow::Break(value)),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T, E> Branch for Poll<Result<T, E>> {
    type Output = Poll<T>;
    type Residual = Result<Infallible, E>;
    #[inline]
    fn branch(self) -> ControlFlow<Self::Residual, Poll<T>> {
        match self {
            Poll::Ready(Ok(value)) => ControlFlow::Continue(Poll::Ready(value)),
            Poll::Ready(Err(error)) => ControlFlow::Break(Err(error)),
            Poll::Pending => ControlFlow::Continue(Poll::Pending),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T, E> Branch for Poll<Option<Result<T, E>>> {
    type Output = Poll<Option<T>>;
    type Residual = Result<Infallible, E>;
    #[inline]
    fn branch(self) -> ControlFlow<Self::Residual, Poll<Option<T>>> {
        match self {
            Poll::Ready(Some(Ok(value))) => ControlFlow::Continue(Poll::Ready(Some(value))),
            Poll::Ready(Some(Err(error))) => ControlFlow::Break(Err(error)),
            Poll::Ready(None) => ControlFlow::Continue(Poll::Ready(None)),
            Poll::Pending => ControlFlow::Continue(Poll::Pending),
        }
    }
}

/// What a `?` leaves with, seen as what it was applied to.
pub trait Residual: Sized {
    /// The same with a `T` where it has no value.
    type Or<T>;
    /// Itself if the leave goes on, else what stands for it: a `?` tells them apart.
    fn or<T>(self, goes_on: Result<(), T>) -> Self::Or<T>;
}

impl<E> Residual for Result<Infallible, E> {
    type Or<T> = Result<T, E>;
    #[inline]
    fn or<T>(self, goes_on: Result<(), T>) -> Result<T, E> {
        match (goes_on, self) {
            (Ok(()), Err(error)) => Err(error),
            (Err(turn), _) => Ok(turn),
        }
    }
}

impl Residual for Option<Infallible> {
    type Or<T> = Option<T>;
    #[inline]
    fn or<T>(self, goes_on: Result<(), T>) -> Option<T> {
        goes_on.err()
    }
}

impl<B> Residual for ControlFlow<B, Infallible> {
    type Or<T> = ControlFlow<B, T>;
    #[inline]
    fn or<T>(self, goes_on: Result<(), T>) -> ControlFlow<B, T> {
        match (goes_on, self) {
            (Ok(()), ControlFlow::Break(value)) => ControlFlow::Break(value),
            (Err(turn), _) => ControlFlow::Continue(turn),
        }
    }
}

/// Whether a leave by `?` goes on. A function, so that what is borrowed to find it out is given back
/// first.
#[inline]
pub fn goes_on<T, R: Residual>(goes_on: Result<(), T>, residual: R) -> R::Or<T> {
    residual.or(goes_on)
}

/// What a `?` in a `=> try` body may leave with: the block is a `Result`.
#[diagnostic::on_unimplemented(
    message = "a `?` in a `=> try` body must be applied to a `Result`",
    label = "this `?` does not give an `Err`",
    note = "the block is a `Result`: turn an `Option` into one with `.ok_or(..)`"
)]
pub trait Stop<F> {
    fn stop<T>(self) -> Result<T, F>;
}

#[diagnostic::do_not_recommend]
impl<F> Stop<F> for Result<Infallible, F> {
    #[inline]
    fn stop<T>(self) -> Result<T, F> {
        match self {
            Err(error) => Err(error),
        }
    }
}
