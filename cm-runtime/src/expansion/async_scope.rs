//! The protocol between `with!` and an async manager: enter, then exit or cancel.
//!
//! The async twin of [`scope`](super::scope). Enter and exit are awaited in the user's own function, so
//! that no future is wrapped in another one. An armed scope that is dropped cancels. It is armed before enter is
//! polled for the first time, and disarmed when exit has completed.

use core::future::Future;
use core::panic::Location;
use core::pin::Pin;

use crate::__private::classify::{HoldsError, Probe, ShowsError};
use crate::__private::known::KnownOf;
use crate::__private::lose::{Asked, Shows, Whose, lose, without_a_second_panic};
use crate::__private::scope::{Concluded, Turn, conclude};
use crate::__private::told;
use crate::__private::unseen::Unseen;
use crate::async_manager::{AsyncManager, AsyncManagerError, AsyncManagerOutcome};
use crate::lends::Lent;
use crate::verdict::Verdict;

/// An async manager between its enter and its exit.
///
/// `V` is a parameter, so that no field has a type that is looked up in `M`'s impl. When the compiler checks whether
/// the scope is `Send`, lifetimes are erased, and an impl whose bounds relate lifetimes does not apply.
pub struct AsyncScope<'p, M: AsyncManager<Exit = V>, V: Verdict, W: Unseen> {
    manager: Pin<&'p mut M>,
    armed: bool,
    unseen: W,
    place: &'static Location<'static>,
    shows: Shows<'p, V>,
}

impl<'p, M: AsyncManager<Exit = V>, V: Verdict, W: Unseen> AsyncScope<'p, M, V, W> {
    /// Whether the compiler knows the type of the manager; never called.
    pub fn known(&self) -> KnownOf<M, V> {
        unreachable!()
    }

    #[inline]
    pub fn new<K1, K2>(
        manager: Pin<&'p mut M>,
        unseen: W,
        place: &'static Location<'static>,
        _: K1,
        _: K2,
    ) -> Self
    where
        Probe<Asked<V>>: ShowsError<'p, K1, Asked<V>> + HoldsError<'p, K2, Asked<V>>,
    {
        Self {
            manager,
            armed: false,
            unseen,
            place,
            shows: told::shown::<Asked<V>, K1, K2>,
        }
    }

    // The `use` lists what is captured anyway. Without it the compiler proposes to write one, in this crate, when a
    // value escapes from the user's block.

    /// Begins to enter. If that fails the scope stays armed, but is not cancelled: the watch tells it that (see
    /// [`Unseen::take_managers_own`]).
    #[inline]
    pub fn entering(
        &mut self,
    ) -> impl Future<Output = Result<Lent<'_, M::Lends>, AsyncManagerError<M>>> + use<'_, M, V, W>
    {
        self.armed = true;
        self.manager.as_mut().drive_enter()
    }

    /// Begins to exit. The scope stays armed: the future may be dropped before it completes.
    #[inline]
    pub fn exiting<'s>(
        &'s mut self,
        outcome: AsyncManagerOutcome<'s, M>,
    ) -> impl Future<Output = M::Exit> + use<'s, M, V, W> {
        self.manager.as_mut().drive_exit(outcome)
    }

    /// Exit has completed: says whether the leave goes on.
    #[inline]
    pub fn exited(
        verdict: M::Exit,
        mut scope: Self,
        outcome: AsyncManagerOutcome<'_, M>,
    ) -> Result<(), Turn<M::Exit>> {
        scope.armed = false;
        let replaces = || scope.manager.as_mut().drive_replaces();
        match conclude(verdict, outcome, replaces) {
            Concluded::GoesOn => Ok(()),
            Concluded::Turn(turn) => Err(turn),
            Concluded::Lost(error) => {
                let whose = Whose::new::<M>(scope.place, outcome.shown());
                lose::<V>(error, scope.shows, whose, |lost| {
                    scope.manager.as_mut().drive_lost(lost);
                });
                Ok(())
            }
        }
    }

    /// Arms the scope without an enter: exit is still to come.
    #[cfg(feature = "std")]
    pub(crate) fn arm(&mut self) {
        self.armed = true;
    }

    /// Exit has completed, or there is to be none: the scope does not cancel any more.
    #[cfg(feature = "std")]
    pub(crate) fn disarm(&mut self) {
        self.armed = false;
    }

    /// After exit has failed: whether its error replaces the failure that it was told.
    #[cfg(feature = "std")]
    pub(crate) fn replaces(&mut self) -> bool {
        self.manager.as_mut().drive_replaces()
    }

    /// Cancels now.
    #[cfg(feature = "std")]
    pub(crate) fn cancel(&mut self, outcome: AsyncManagerOutcome<'_, M>) -> Option<M::Exit> {
        self.armed = false;
        self.manager.as_mut().drive_cancel(outcome)
    }
}

#[cold]
#[inline(never)]
fn cancel<M: AsyncManager, W: Unseen>(
    mut manager: Pin<&mut M>,
    unseen: W,
    shows: Shows<'_, M::Exit>,
    place: &'static Location<'static>,
) {
    if unseen.take_managers_own() {
        return;
    }
    let outcome = unseen.outcome();
    let whose = Whose::new::<M>(place, AsyncManagerOutcome::<M>::shown(outcome));
    without_a_second_panic(
        &mut manager,
        whose,
        |manager| {
            let verdict = manager.as_mut().drive_cancel(outcome);
            if let Some(Err(error)) = verdict.map(Verdict::answer) {
                lose::<M::Exit>(error, shows, whose, |lost| {
                    manager.as_mut().drive_lost(lost);
                });
            }
        },
        |manager, lost| manager.as_mut().drive_lost(lost),
    );
}

impl<M: AsyncManager<Exit = V>, V: Verdict, W: Unseen> Drop for AsyncScope<'_, M, V, W> {
    #[inline]
    fn drop(&mut self) {
        if self.armed {
            cancel(self.manager.as_mut(), self.unseen, self.shows, self.place);
        }
    }
}
