//! Questions about the type of a value that leaves a body: is it an `Err`, and what does it show?
//!
//! Each question is a trait with two families of impls that do not overlap, told apart by a type
//! parameter `K` for which the generated code passes the literal `0`. Where only the blanket impl
//! (`u8`) fits, it is taken. Where the other one fits as well, `K` stays open, and falls back to
//! `i32` at the very end of type checking. So a question never steers inference, and a type that
//! is still open when it is asked is simply answered later.

use core::error::Error;
use core::ops::Deref;

use crate::outcome::ErrorRef;

/// The type that the questions are asked about.
pub struct Probe<T: ?Sized>(core::marker::PhantomData<T>);

/// Is the value an `Err`?
pub trait IsErr<K, T> {
    /// What its error is, as the manager's view may demand of it to be `'static`.
    type Error;
    fn error(value: &T) -> Option<&Self::Error>;
}

/// Is the error of this `Result` an [`Error`] that is `Sync`?
pub trait ShowsError<K, T> {
    type Error;
    fn shown<'a, 'e>(value: &'a T) -> Option<ErrorRef<'a, 'e>>
    where
        Self::Error: 'e;
    /// The same for an error of which nothing is known: it lives as long as the borrow.
    fn shown_here(value: &T) -> Option<ErrorRef<'_, '_>>;
}

/// Is the error of this `Result` a box of one (`Box<dyn Error>`, `anyhow::Error`)?
pub trait HoldsError<K, T> {
    type Error: ?Sized;
    fn held<'a, 'e>(value: &'a T) -> Option<ErrorRef<'a, 'e>>
    where
        Self::Error: 'e;
    /// The same for an error of which nothing is known: it lives as long as the borrow.
    fn held_here(value: &T) -> Option<ErrorRef<'_, '_>>;
}

/// An answer for a type that has no error.
pub enum NoError {}

impl<T> IsErr<u8, T> for Probe<T> {
    type Error = NoError;
    #[inline]
    fn error(_: &T) -> Option<&NoError> {
        None
    }
}

impl<A, E> IsErr<i32, Result<A, E>> for Probe<Result<A, E>> {
    type Error = E;
    #[inline]
    fn error(value: &Result<A, E>) -> Option<&E> {
        value.as_ref().err()
    }
}

impl<T> ShowsError<u8, T> for Probe<T> {
    type Error = NoError;
    #[inline]
    fn shown<'a, 'e>(_: &'a T) -> Option<ErrorRef<'a, 'e>>
    where
        NoError: 'e,
    {
        None
    }
    #[inline]
    fn shown_here(_: &T) -> Option<ErrorRef<'_, '_>> {
        None
    }
}

impl<A, E: Error + Sync> ShowsError<i32, Result<A, E>> for Probe<Result<A, E>> {
    type Error = E;
    #[inline]
    fn shown<'a, 'e>(value: &'a Result<A, E>) -> Option<ErrorRef<'a, 'e>>
    where
        E: 'e,
    {
        match value {
            Err(error) => Some(ErrorRef::Sync(error)),
            Ok(_) => None,
        }
    }
    #[inline]
    fn shown_here(value: &Result<A, E>) -> Option<ErrorRef<'_, '_>> {
        match value {
            Err(error) => Some(ErrorRef::Sync(error)),
            Ok(_) => None,
        }
    }
}

impl<T> HoldsError<u8, T> for Probe<T> {
    type Error = NoError;
    #[inline]
    fn held<'a, 'e>(_: &'a T) -> Option<ErrorRef<'a, 'e>>
    where
        NoError: 'e,
    {
        None
    }
    #[inline]
    fn held_here(_: &T) -> Option<ErrorRef<'_, '_>> {
        None
    }
}

impl<A, E> HoldsError<i32, Result<A, E>> for Probe<Result<A, E>>
where
    E: Deref<Target: AnyError>,
{
    type Error = E::Target;
    #[inline]
    fn held<'a, 'e>(value: &'a Result<A, E>) -> Option<ErrorRef<'a, 'e>>
    where
        E::Target: 'e,
    {
        match value {
            Err(error) => Some((**error).any_error()),
            Ok(_) => None,
        }
    }
    #[inline]
    fn held_here(value: &Result<A, E>) -> Option<ErrorRef<'_, '_>> {
        match value {
            Err(error) => Some((**error).any_error()),
            Ok(_) => None,
        }
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

/// Types that fallback itself can produce, together with `K`, need the `i32` answer as well.
macro_rules! results_of_fallback {
    ($($type:ty),*) => {$(
        impl IsErr<i32, $type> for Probe<$type> {
            type Error = NoError;
            fn error(_: &$type) -> Option<&NoError> { None }
        }
        impl ShowsError<i32, $type> for Probe<$type> {
            type Error = NoError;
            fn shown<'a, 'e>(_: &'a $type) -> Option<ErrorRef<'a, 'e>> where NoError: 'e { None }
            fn shown_here(_: &$type) -> Option<ErrorRef<'_, '_>> { None }
        }
        impl HoldsError<i32, $type> for Probe<$type> {
            type Error = NoError;
            fn held<'a, 'e>(_: &'a $type) -> Option<ErrorRef<'a, 'e>> where NoError: 'e { None }
            fn held_here(_: &$type) -> Option<ErrorRef<'_, '_>> { None }
        }
    )*};
}

results_of_fallback!((), crate::__private::never::Never, i32, f64);
