//! Questions about the type of a value that leaves a body: is it an `Err`, and what does it show?
//!
//! Each question is a trait with two impls: a blanket one with the answer "no", and one for the types with the
//! answer "yes". They do not overlap, since they differ in a type parameter `K`: `u8` in the first one, and `i32` in
//! the second. Generated code passes the literal `0` for `K`. If only the blanket impl fits, `K` is inferred as `u8`. If
//! both fit, `K` stays open until the very end of type checking, where integer literals fall back to `i32`. So
//! a question never affects inference, and can be asked of a type that is not inferred yet.
//!
//! `'e` is what the error has to outlive. It is a parameter of the traits and not a bound beside them, since the
//! compiler would have to wait for the answer before it could check that bound.

use core::error::Error;
use core::fmt;
use core::ops::{ControlFlow, Deref};
use core::task::Poll;

use crate::outcome::ErrorRef;

/// The type that the questions are asked about.
pub struct Probe<T: ?Sized>(core::marker::PhantomData<T>);

/// Is the value an `Err`?
pub trait IsErr<'e, K, T: ?Sized> {
    /// The type of its error, of which the manager's view may demand to be `'static`.
    type Error: 'e;
    fn error(value: &T) -> Option<&Self::Error>;
}

/// Is the error of this `Result` an [`Error`] that is `Sync`?
pub trait ShowsError<'e, K, T: ?Sized> {
    fn shown(value: &T) -> Option<ErrorRef<'_, 'e>>;
}

/// Is the error of this `Result` a box of one (`Box<dyn Error>`, `anyhow::Error`)?
pub trait HoldsError<'e, K, T: ?Sized> {
    fn held(value: &T) -> Option<ErrorRef<'_, 'e>>;
}

/// Is the value one with which a `?` leaves, and no `Err`?
pub trait IsStop<K, T: ?Sized> {
    fn is_stop(value: &T) -> bool;
}

/// The error of a type that has none.
///
/// It also stands for the error of an exit that cannot fail. It is no `Infallible`, since both impls of each question
/// have to fit it: the return type of a closure that is not written yet (`guard(value, |_, _| todo!())`) falls back in
/// the same step of type checking as `K`.
#[derive(Debug)]
pub enum NoError {}

impl fmt::Display for NoError {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl Error for NoError {}

impl Deref for NoError {
    type Target = dyn Error + Send + Sync;
    fn deref(&self) -> &Self::Target {
        match *self {}
    }
}

impl<T: ?Sized> IsErr<'_, u8, T> for Probe<T> {
    type Error = NoError;
    #[inline]
    fn error(_: &T) -> Option<&NoError> {
        None
    }
}

impl<'e, A, E: 'e> IsErr<'e, i32, Result<A, E>> for Probe<Result<A, E>> {
    type Error = E;
    #[inline]
    fn error(value: &Result<A, E>) -> Option<&E> {
        value.as_ref().err()
    }
}

impl<'e, T: ?Sized> ShowsError<'e, u8, T> for Probe<T> {
    #[inline]
    fn shown(_: &T) -> Option<ErrorRef<'_, 'e>> {
        None
    }
}

impl<'e, A, E: Error + Sync + 'e> ShowsError<'e, i32, Result<A, E>> for Probe<Result<A, E>> {
    #[inline]
    fn shown(value: &Result<A, E>) -> Option<ErrorRef<'_, 'e>> {
        match value {
            Err(error) => Some(ErrorRef::Sync(error)),
            Ok(_) => None,
        }
    }
}

impl<'e, T: ?Sized> HoldsError<'e, u8, T> for Probe<T> {
    #[inline]
    fn held(_: &T) -> Option<ErrorRef<'_, 'e>> {
        None
    }
}

impl<'e, A, E> HoldsError<'e, i32, Result<A, E>> for Probe<Result<A, E>>
where
    E: Deref<Target: AnyError + 'e>,
{
    #[inline]
    fn held(value: &Result<A, E>) -> Option<ErrorRef<'_, 'e>> {
        match value {
            Err(error) => Some((**error).any_error()),
            Ok(_) => None,
        }
    }
}

impl<T: ?Sized> IsStop<u8, T> for Probe<T> {
    #[inline]
    fn is_stop(_: &T) -> bool {
        false
    }
}

impl<A> IsStop<i32, Option<A>> for Probe<Option<A>> {
    #[inline]
    fn is_stop(value: &Option<A>) -> bool {
        value.is_none()
    }
}

impl<B, C> IsStop<i32, ControlFlow<B, C>> for Probe<ControlFlow<B, C>> {
    #[inline]
    fn is_stop(value: &ControlFlow<B, C>) -> bool {
        value.is_break()
    }
}

impl<A, E> IsStop<i32, Poll<Result<A, E>>> for Probe<Poll<Result<A, E>>> {
    #[inline]
    fn is_stop(value: &Poll<Result<A, E>>) -> bool {
        matches!(value, Poll::Ready(Err(_)))
    }
}

impl<A, E> IsStop<i32, Poll<Option<Result<A, E>>>> for Probe<Poll<Option<Result<A, E>>>> {
    #[inline]
    fn is_stop(value: &Poll<Option<Result<A, E>>>) -> bool {
        matches!(value, Poll::Ready(Some(Err(_))))
    }
}

/// The trait objects of [`Error`] that boxes hold.
pub trait AnyError {
    fn any_error<'a, 'e>(&'a self) -> ErrorRef<'a, 'e>
    where
        Self: 'e;
}

impl AnyError for dyn Error + '_ {
    fn any_error<'a, 'e>(&'a self) -> ErrorRef<'a, 'e>
    where
        Self: 'e,
    {
        ErrorRef::Local(self)
    }
}

impl AnyError for dyn Error + Send + '_ {
    fn any_error<'a, 'e>(&'a self) -> ErrorRef<'a, 'e>
    where
        Self: 'e,
    {
        ErrorRef::Local(self)
    }
}

impl AnyError for dyn Error + Send + Sync + '_ {
    fn any_error<'a, 'e>(&'a self) -> ErrorRef<'a, 'e>
    where
        Self: 'e,
    {
        ErrorRef::Sync(self)
    }
}

/// Types that can themselves be the result of a fallback, in the same step as that of `K`, need an impl for `i32` too.
macro_rules! results_of_fallback {
    ($($type:ty),*) => {$(
        impl IsErr<'_, i32, $type> for Probe<$type> {
            type Error = NoError;
            fn error(_: &$type) -> Option<&NoError> { None }
        }
        impl<'e> ShowsError<'e, i32, $type> for Probe<$type> {
            fn shown(_: &$type) -> Option<ErrorRef<'_, 'e>> { None }
        }
        impl<'e> HoldsError<'e, i32, $type> for Probe<$type> {
            fn held(_: &$type) -> Option<ErrorRef<'_, 'e>> { None }
        }
        impl IsStop<i32, $type> for Probe<$type> {
            fn is_stop(_: &$type) -> bool { false }
        }
    )*};
}

results_of_fallback!((), crate::__private::never::Never, i32, f64);
