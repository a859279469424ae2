//! Async generators as async managers.

use core::fmt;
use core::future::{Future, poll_fn};
use core::pin::Pin;

use crate::async_manager::{AsyncManager, AsyncManagerError, AsyncManagerOutcome, sealed};
use crate::generator::{Started, again, ended};
use crate::lends::{Lends, Lent};
use crate::lost::LostError;
use crate::raw::AsyncGenerator;
use crate::verdict::Verdict;

impl<L, F> sealed::Sealed for AsyncGenerator<L, F>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
{
}

#[diagnostic::do_not_recommend]
impl<L, F> AsyncManager for AsyncGenerator<L, F>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
{
    type Lends = L;
    type Exit = F::Output;

    #[inline]
    fn drive_enter(
        self: Pin<&mut Self>,
    ) -> impl Future<Output = Result<Lent<'_, L>, AsyncManagerError<Self>>> {
        let mut start = self.start();
        poll_fn(move |context| start.poll(context).map(entered))
    }

    #[inline]
    fn drive_exit(
        self: Pin<&mut Self>,
        outcome: AsyncManagerOutcome<'_, Self>,
    ) -> impl Future<Output = F::Output> {
        let mut finish = self.finish(outcome);
        poll_fn(move |context| {
            finish.poll(context).map(|ended| match ended {
                Some(verdict) => verdict,
                None => not_entered(),
            })
        })
    }

    fn drive_cancel(
        self: Pin<&mut Self>,
        outcome: AsyncManagerOutcome<'_, Self>,
    ) -> Option<F::Output> {
        self.cancel(outcome)
    }

    #[inline]
    fn drive_lost(self: Pin<&mut Self>, lost: &LostError<'_>) {
        crate::lost::report(lost);
    }
}

/// What the start of a generator means to who enters it.
#[inline]
pub(crate) fn entered<T, X: Verdict>(started: Started<T, X>) -> Result<T, X::Error> {
    match started {
        Started::Lent(value) => Ok(value),
        Started::Ended(verdict) => match verdict.answer() {
            Err(error) => Err(error),
            Ok(_) => ended(),
        },
        Started::Suspended | Started::Again => again(),
    }
}

#[cold]
#[inline(never)]
pub(crate) fn not_entered() -> ! {
    panic!("an async `#[context_manager]` generator was exited without having been entered")
}

impl<L: ?Sized, F> fmt::Debug for AsyncGenerator<L, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncGenerator").finish_non_exhaustive()
    }
}
