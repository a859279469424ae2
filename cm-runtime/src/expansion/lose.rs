//! Reports errors of exit that cannot go on, since a failure goes on already.

use core::panic::Location;

use crate::lost::{LostCause, LostError};
use crate::outcome::{ErrorRef, Outcome};
use crate::verdict::Verdict;

/// Whose exit it was, and what that was told.
#[derive(Clone, Copy)]
pub(crate) struct Whose<'o> {
    pub(crate) manager: &'static str,
    pub(crate) place: &'static Location<'static>,
    pub(crate) outcome: Outcome<'o>,
}

impl<'o> Whose<'o> {
    pub(crate) fn new<M: ?Sized>(place: &'static Location<'static>, outcome: Outcome<'o>) -> Self {
        Self {
            manager: core::any::type_name::<M>(),
            place,
            outcome,
        }
    }

    fn lost<'a>(&self, cause: LostCause<'a>) -> LostError<'a>
    where
        'o: 'a,
    {
        LostError {
            cause,
            manager: self.manager,
            place: self.place,
            outcome: self.outcome,
        }
    }
}

/// Finds out what an error of exit shows. A function pointer, so that the questions of [`classify`](super::classify)
/// are asked where the scope is made, and are no part of its type.
pub(crate) type Shows<'e, V> = for<'a> fn(&'a Asked<V>) -> Option<ErrorRef<'a, 'e>>;

/// An error of exit in a `Result`, since that is what the questions are asked of.
pub(crate) type Asked<V> = Result<(), <V as Verdict>::Lost>;

/// Reports the error of an exit that has failed after the body had.
#[cold]
pub(crate) fn lose<V: Verdict>(
    error: V::Error,
    shows: Shows<'_, V>,
    whose: Whose<'_>,
    tell: impl FnOnce(&LostError<'_>),
) {
    let error = Err(V::lost(error));
    let Err(debug) = &error else { return };
    let cause = LostCause::Failed {
        debug,
        error: match shows(&error) {
            Some(ErrorRef::Sync(error)) => Some(error),
            Some(ErrorRef::Local(error)) => Some(error),
            None => None,
        },
    };
    tell(&whose.lost(cause));
}

/// Runs the exit of a scope that is dropped. While a panic unwinds, a second one must not get out of a `Drop`,
/// since the process would abort: it is caught, and reported as lost.
pub(crate) fn without_a_second_panic<M: ?Sized>(
    manager: &mut M,
    whose: Whose<'_>,
    exit: impl FnOnce(&mut M),
    tell: impl FnOnce(&mut M, &LostError<'_>),
) {
    #[cfg(feature = "std")]
    if std::thread::panicking() {
        if let Err(message) = caught(|| exit(manager)) {
            let message = message.as_deref();
            let lost = whose.lost(LostCause::Panicked { message });
            let _ = caught(|| tell(manager, &lost));
        }
        return;
    }
    let _ = (whose, tell);
    exit(manager);
}

/// Calls `f`; `Err` is a panic, with its message. No panic gets out.
#[cfg(feature = "std")]
pub(crate) fn caught<R>(f: impl FnOnce() -> R) -> Result<R, Option<std::string::String>> {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    catch_unwind(AssertUnwindSafe(f)).map_err(message_left)
}

/// The message of a panic, whose payload is dropped.
#[cfg(feature = "std")]
pub(crate) fn message_left(
    payload: std::boxed::Box<dyn core::any::Any + Send>,
) -> Option<std::string::String> {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    let message = crate::outcome::message_of(&*payload).map(Into::into);
    // The `Drop` of a payload is user code. If it panics, the new payload is not dropped: that could panic again.
    if let Err(payload) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        core::mem::forget(payload);
    }
    message
}

/// Without `std` nothing can be caught.
#[cfg(all(feature = "alloc", not(feature = "std")))]
#[allow(clippy::unnecessary_wraps, reason = "the same signature as with `std`")]
pub(crate) fn caught<R>(f: impl FnOnce() -> R) -> Result<R, Option<alloc::string::String>> {
    Ok(f())
}
