//! What exit is told of a value with which the body is left.

use core::any::Any;
use core::convert::Infallible;
use core::ops::ControlFlow;

use crate::__private::classify::{HoldsError, IsErr, IsStop, Probe, ShowsError};
use crate::__private::residual::Residual;
use crate::outcome::{ErrorRef, Failure, Leave, Outcome, Panic, Sees, View};
use crate::verdict::Verdict;

/// A value with which the body ends, or a `return` leaves.
///
/// Every type implements it. All requirements on such a value are behind this one bound, for compile time: the compiler
/// checks the bounds of a function anew at each call, but remembers for which types a trait holds.
pub trait Ending<'e, V: Verdict, K3, K4, K5> {
    /// A failure if it is an `Err`.
    fn told<'a>(&'a self, leave: Leave) -> Outcome<'a, V::View>
    where
        'e: 'a;
}

impl<'e, V, T: ?Sized, K3, K4, K5> Ending<'e, V, K3, K4, K5> for T
where
    V: Verdict<View: Sees<'e>>,
    Probe<T>: IsErr<'e, K3, T> + ShowsError<'e, K4, T> + HoldsError<'e, K5, T>,
{
    #[inline]
    fn told<'a>(&'a self, leave: Leave) -> Outcome<'a, V::View>
    where
        'e: 'a,
    {
        match Probe::<T>::error(self) {
            None => Outcome::Succeeded(leave),
            Some(error) => Outcome::Failed(failure::<V, _>(error, shown::<T, K4, K5>(self))),
        }
    }
}

/// A value with which a macro call leaves that shows no `return`: by a `?`, or because it has failed. So a `None` is a
/// failure here.
pub trait LeavingMacro<'e, V: Verdict, K3, K4, K5, K6>: Ending<'e, V, K3, K4, K5> {
    fn told_of_macro<'a>(&'a self) -> Outcome<'a, V::View>
    where
        'e: 'a;
}

impl<'e, V: Verdict, T, K3, K4, K5, K6> LeavingMacro<'e, V, K3, K4, K5, K6> for T
where
    T: Ending<'e, V, K3, K4, K5> + ?Sized,
    Probe<T>: IsStop<K6, T>,
{
    #[inline]
    fn told_of_macro<'a>(&'a self) -> Outcome<'a, V::View>
    where
        'e: 'a,
    {
        if Probe::<T>::is_stop(self) {
            return Outcome::Failed(Failure::opaque());
        }
        self.told(Leave::Return)
    }
}

/// What exit is told of what a `?` leaves with.
pub trait Stopping<'e, V: Verdict, K4, K5>: Residual {
    fn told<'a>(&'a self) -> Outcome<'a, V::View>
    where
        'e: 'a;
}

impl<'e, V, E, K4, K5> Stopping<'e, V, K4, K5> for Result<Infallible, E>
where
    V: Verdict<View: Sees<'e>>,
    Probe<Self>: ShowsError<'e, K4, Self> + HoldsError<'e, K5, Self>,
    E: 'e,
{
    #[inline]
    fn told<'a>(&'a self) -> Outcome<'a, V::View>
    where
        'e: 'a,
    {
        match self {
            Ok(never) => match *never {},
            Err(error) => Outcome::Failed(failure::<V, _>(error, shown::<Self, K4, K5>(self))),
        }
    }
}

impl<'e, V: Verdict> Stopping<'e, V, u8, u8> for Option<Infallible> {
    #[inline]
    fn told<'a>(&'a self) -> Outcome<'a, V::View>
    where
        'e: 'a,
    {
        Outcome::Failed(Failure::opaque())
    }
}

impl<'e, B, V: Verdict> Stopping<'e, V, u8, u8> for ControlFlow<B, Infallible> {
    #[inline]
    fn told<'a>(&'a self) -> Outcome<'a, V::View>
    where
        'e: 'a,
    {
        Outcome::Failed(Failure::opaque())
    }
}

/// What an error shows, by either of the two questions.
#[inline]
pub(crate) fn shown<'a, 'e, T: ?Sized, K4, K5>(value: &'a T) -> Option<ErrorRef<'a, 'e>>
where
    Probe<T>: ShowsError<'e, K4, T> + HoldsError<'e, K5, T>,
{
    <Probe<T> as ShowsError<K4, T>>::shown(value)
        .or_else(|| <Probe<T> as HoldsError<K5, T>>::held(value))
}

#[inline]
fn failure<'a, 'e: 'a, V, E: 'e>(
    error: &'a E,
    shown: Option<ErrorRef<'a, 'e>>,
) -> Failure<'a, V::View>
where
    V: Verdict<View: Sees<'e>>,
{
    Failure::new(error, shown)
}

/// The body panicked, and the panic was caught; without `std` it never is.
pub(crate) fn caught<V: View>(payload: &(dyn Any + Send)) -> Outcome<'_, V> {
    #[cfg(feature = "std")]
    let panic = Panic::caught(payload);
    #[cfg(not(feature = "std"))]
    let (panic, _) = (Panic::uncaught(), payload);
    Outcome::Panicked(panic)
}
