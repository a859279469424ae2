//! `Residual`: what a `?` leaves with.

use core::convert::Infallible;
use core::ops::ControlFlow;

/// What a `?` leaves with: a `Result`, `Option` or `ControlFlow` without a value.
pub trait Residual: Sized {
    /// The same type with a `T` as its value.
    type Or<T>;
    /// The residual itself if the leave goes on, else the value that replaces it. A `?` on that leaves in the first case
    /// only.
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

/// `Residual::or` with its arguments the other way round: so exit, which borrows the residual, has ended when that is
/// moved.
#[inline]
pub fn goes_on<T, R: Residual>(goes_on: Result<(), T>, residual: R) -> R::Or<T> {
    residual.or(goes_on)
}
