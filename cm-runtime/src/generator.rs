//! Generators as managers.

use core::fmt;
use core::future::Future;
use core::pin::Pin;

use crate::lends::{Lends, Lent};
use crate::lost::LostError;
use crate::manager::{Manager, ManagerError, ManagerOutcome, sealed};
use crate::raw::Generator;
use crate::verdict::Verdict;

/// How far [`Generator::start`] got.
pub(crate) enum Started<V, X> {
    Lent(V),
    /// It ended before its yield.
    Ended(X),
    /// It is suspended, but not at its yield; it has been dropped.
    Suspended,
    /// It had been started before.
    Again,
}

impl<L, F> sealed::Sealed for Generator<L, F>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
{
}

#[diagnostic::do_not_recommend]
impl<L, F> Manager for Generator<L, F>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
{
    type Lends = L;
    type Exit = F::Output;

    #[inline]
    fn drive_enter(self: Pin<&mut Self>) -> Result<Lent<'_, L>, ManagerError<Self>> {
        match self.start() {
            Started::Lent(value) => Ok(value),
            Started::Ended(verdict) => match Verdict::answer(verdict) {
                Err(error) => Err(error),
                Ok(_) => ended::<F>(),
            },
            Started::Suspended => suspended("before its yield"),
            Started::Again => again(),
        }
    }

    #[inline]
    fn drive_exit(mut self: Pin<&mut Self>, outcome: ManagerOutcome<'_, Self>) -> F::Output {
        if !self.as_mut().is_at_its_yield() {
            not_entered();
        }
        match self.finish(outcome) {
            Some(verdict) => verdict,
            None => suspended("after its yield"),
        }
    }

    #[inline]
    fn drive_lost(self: Pin<&mut Self>, lost: &LostError<'_>) {
        crate::lost::report(lost);
    }
}

/// `F`: what holds the function's body.
#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn ended<F>() -> ! {
    let name = core::any::type_name::<F>();
    match name.trim_end_matches("::{{closure}}") {
        // In a box, or the form of such names is another one.
        other if other == name => panic!(
            "a `#[context_manager]` function returned before its yield, and without an error"
        ),
        function => panic!("`{function}` returned before its yield, and without an error"),
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn suspended(place: &str) -> ! {
    panic!(
        "a macro in a `#[context_manager]` function awaits {place} without showing it: a manager \
         that is no `async fn` cannot await"
    )
}

#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn again() -> ! {
    panic!("a `#[context_manager]` generator was entered again: each call makes one for one block")
}

#[cold]
#[inline(never)]
fn not_entered() -> ! {
    panic!("a `#[context_manager]` generator was exited without having been entered")
}

impl<L: ?Sized, F> fmt::Debug for Generator<L, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Generator").finish_non_exhaustive()
    }
}
