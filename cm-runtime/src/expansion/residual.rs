//! What a `?` leaves with.

use core::convert::Infallible;
use core::ops::ControlFlow;

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
