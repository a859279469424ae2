//! What exit is told of a value with which the body is left.

use crate::__private::classify::{HoldsError, IsErr, Probe, ShowsError};
#[cfg(feature = "std")]
use crate::outcome::View;
use crate::outcome::{ErrorRef, Failure, Leave, Outcome, Sees};
use crate::verdict::Verdict;

/// The body ended with `value`, or a `return` leaves with it: a failure if it is an `Err`.
#[inline]
pub(crate) fn with<'a, 'e: 'a, V, T, K3, K4, K5>(value: &'a T, leave: Leave) -> Outcome<'a, V::View>
where
    V: Verdict<View: Sees<'e>>,
    Probe<T>: IsErr<K3, T> + ShowsError<K4, T> + HoldsError<K5, T>,
    <Probe<T> as IsErr<K3, T>>::Error: 'e,
    <Probe<T> as ShowsError<K4, T>>::Error: 'e,
    <Probe<T> as HoldsError<K5, T>>::Error: 'e,
{
    match Probe::<T>::error(value) {
        None => Outcome::Succeeded(leave),
        Some(error) => {
            let shown = shown::<T, K4, K5>(value);
            Outcome::Failed(failure::<V, _>(error, shown))
        }
    }
}

/// A `?` leaves with what it was applied to.
#[inline]
pub(crate) fn question<'a, 'e: 'a, V, T, K3, K4, K5>(residual: &'a T) -> Outcome<'a, V::View>
where
    V: Verdict<View: Sees<'e>>,
    Probe<T>: IsErr<K3, T> + ShowsError<K4, T> + HoldsError<K5, T>,
    <Probe<T> as IsErr<K3, T>>::Error: 'e,
    <Probe<T> as ShowsError<K4, T>>::Error: 'e,
    <Probe<T> as HoldsError<K5, T>>::Error: 'e,
{
    Outcome::Failed(match Probe::<T>::error(residual) {
        None => Failure::opaque(),
        Some(error) => failure::<V, _>(error, shown::<T, K4, K5>(residual)),
    })
}

#[inline]
fn shown<'a, 'e, T, K4, K5>(value: &'a T) -> Option<ErrorRef<'a, 'e>>
where
    Probe<T>: ShowsError<K4, T> + HoldsError<K5, T>,
    <Probe<T> as ShowsError<K4, T>>::Error: 'e,
    <Probe<T> as HoldsError<K5, T>>::Error: 'e,
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
    Failure::new(shown, V::View::see(error, shown))
}

/// The body panicked, and the panic was caught.
#[cfg(feature = "std")]
pub(crate) fn caught<V: View>(payload: &(dyn core::any::Any + Send)) -> Outcome<'_, V> {
    Outcome::Panicked(crate::outcome::Panic::caught(payload))
}
