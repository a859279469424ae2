//! The protocol between `with!` and a manager: enter, then exit exactly once.
//!
//! A [`Scope`] holds an entered manager. On every leave that the macro can see, the generated code
//! hands the scope to one of the exit functions, which calls the manager's exit and says whether
//! the leave goes on. A scope that is dropped while it is armed was left in a way that the macro
//! did not see: by a panic, by a leave hidden in a foreign macro, or because the future was
//! dropped. Then its `Drop` runs exit, and [`Unseen`] tells which of them it was.

use core::any::Any;
use core::panic::Location;
use core::pin::Pin;

use crate::__private::classify::{HoldsError, Probe, ShowsError};
use crate::__private::inner::EndsAs;
use crate::__private::kind::Pinned;
use crate::__private::known::KnownOf;
use crate::__private::lose::{Asked, Shows, Whose, lose, without_a_second_panic};
use crate::__private::told::{self, Ending, LeavingMacro, Stopping};
use crate::__private::unseen::Unseen;
use crate::lends::Lent;
use crate::manager::{Manager, ManagerError, ManagerOutcome};
use crate::outcome::{Leave, Outcome};
use crate::verdict::Verdict;

/// A manager between its enter and its exit.
///
/// `V` is a parameter, so that no field has a type that is looked up in `M`'s impl. When the compiler checks whether
/// the scope is `Send`, lifetimes are erased, and an impl whose bounds relate lifetimes does not apply.
pub struct Scope<'p, M: Manager<Exit = V>, V: Verdict, W: Unseen> {
    manager: Pin<&'p mut M>,
    armed: bool,
    unseen: W,
    place: &'static Location<'static>,
    shows: Shows<'p, V>,
}

/// What stands for the block when exit does not let the leave go on.
pub enum Turn<V: Verdict> {
    Suppressed(V::Token),
    Failed(V::Error),
}

impl<'p, M: Manager<Exit = V>, V: Verdict, W: Unseen> Scope<'p, M, V, W> {
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

    /// Enters. An error comes as a [`Turn`] already, so that the compiler knows the type where generated code uses it.
    #[inline]
    #[track_caller]
    pub fn enter(&mut self) -> Result<Lent<'_, M::Lends>, Turn<V>> {
        self.try_enter().map_err(Turn::Failed)
    }

    #[inline]
    #[track_caller]
    pub(crate) fn try_enter(&mut self) -> Result<Lent<'_, M::Lends>, ManagerError<M>> {
        #[cfg(feature = "tracing")]
        let span = self.manager.as_mut().drive_span().cloned();
        let value = self.manager.as_mut().drive_enter()?;
        self.armed = true;
        #[cfg(feature = "tracing")]
        if let Some(span) = span {
            self.unseen.entered_span(span);
        }
        Ok(value)
    }

    /// The body ended with `value`: a failure if it is an `Err`.
    #[inline]
    pub fn exit_end<'e, T, K3, K4, K5>(self, value: &T, _: K3, _: K4, _: K5) -> Result<(), Turn<V>>
    where
        T: Ending<'e, V, K3, K4, K5> + ?Sized,
    {
        self.exit(value.told(Leave::End))
    }

    /// The body ended with the `value` of another block: a failure if that, or its own body, ended with
    /// an `Err`.
    #[inline]
    pub fn exit_end_of_inner<'e, T: ?Sized, R>(self, value: &T, _: Pinned<R>) -> Result<(), Turn<V>>
    where
        R: EndsAs<'e, V, T>,
    {
        self.exit(R::told(value, Leave::End))
    }

    /// A `return` leaves with `value`: a failure if it is an `Err`.
    #[inline]
    pub fn exit_return<'e, T, K3, K4, K5>(
        self,
        value: &T,
        _: K3,
        _: K4,
        _: K5,
    ) -> Result<(), Turn<V>>
    where
        T: Ending<'e, V, K3, K4, K5> + ?Sized,
    {
        self.exit(value.told(Leave::Return))
    }

    /// A macro call leaves with `value`.
    #[inline]
    pub fn exit_of_macro<'e, T, K3, K4, K5, K6>(
        self,
        value: &T,
        _: K3,
        _: K4,
        _: K5,
        _: K6,
    ) -> Result<(), Turn<V>>
    where
        T: LeavingMacro<'e, V, K3, K4, K5, K6> + ?Sized,
    {
        self.exit(value.told_of_macro())
    }

    /// A `?` leaves with what it was applied to.
    #[inline]
    pub fn exit_question<'e, T, K4, K5>(self, residual: T, _: K4, _: K5) -> T::Or<Turn<V>>
    where
        T: Stopping<'e, V, K4, K5>,
    {
        let goes_on = self.exit(residual.told());
        residual.or(goes_on)
    }

    /// A `break`, a `continue` or a `return` without a value leaves.
    #[inline]
    pub fn exit_jump(self, leave: Leave) -> Result<(), Turn<V>> {
        self.exit(Outcome::Succeeded(leave))
    }

    /// Exits, and says whether the leave goes on.
    #[inline]
    pub fn exit(mut self, outcome: ManagerOutcome<'_, M>) -> Result<(), Turn<V>> {
        self.armed = false;
        leave_span(self.manager.as_mut(), &self.unseen);
        let verdict = self.manager.as_mut().drive_exit(outcome);
        let replaces = || self.manager.as_mut().drive_replaces();
        match conclude(verdict, outcome, replaces) {
            Concluded::GoesOn => Ok(()),
            Concluded::Turn(turn) => Err(turn),
            Concluded::Lost(error) => {
                let whose = Whose::new::<M>(self.place, outcome.shown());
                lose::<V>(error, self.shows, whose, |lost| {
                    self.manager.as_mut().drive_lost(lost);
                });
                Ok(())
            }
        }
    }

    /// There is to be no exit: the scope is not exited when it is dropped.
    #[cfg(feature = "std")]
    pub(crate) fn disarm(&mut self) {
        self.armed = false;
    }

    /// Exits, and returns the verdict as it is.
    #[cfg(feature = "std")]
    pub(crate) fn verdict(mut self, outcome: ManagerOutcome<'_, M>) -> M::Exit {
        self.armed = false;
        leave_span(self.manager.as_mut(), &self.unseen);
        self.manager.as_mut().drive_exit(outcome)
    }

    /// A panic of the body was caught.
    #[cold]
    pub fn exit_caught(self, payload: &(dyn Any + Send)) -> Result<(), Turn<V>> {
        self.exit(told::caught(payload))
    }
}

/// Returns its argument. Generated code calls it where a lint has to see an effect, and where the span of a `break` has
/// to end at a parenthesis.
#[inline]
pub fn lent<T>(value: T) -> T {
    value
}

/// The `()` of a jump without a value. A name, since that can have the span of the user's keyword, as the end of the
/// jump.
pub const NOTHING: () = ();

/// Before exit: takes the manager's span off the list of those that are left while the function is suspended. If it is
/// left now, it is entered again for the exit.
#[inline]
fn leave_span<M: Manager, W: Unseen>(manager: Pin<&mut M>, unseen: &W) {
    #[cfg(feature = "tracing")]
    if manager.drive_span().is_some() {
        unseen.leaves_span();
    }
    #[cfg(not(feature = "tracing"))]
    let _ = (manager, unseen);
}

/// Exits a scope that was left in a way the macro did not see. Whatever exit answers, the leave
/// goes on.
///
/// The fields come by value, so that the optimizer can keep the scope out of memory.
#[cold]
#[inline(never)]
fn exit_unseen<M: Manager, W: Unseen>(
    mut manager: Pin<&mut M>,
    unseen: W,
    shows: Shows<'_, M::Exit>,
    place: &'static Location<'static>,
) {
    let outcome = unseen.outcome();
    leave_span(manager.as_mut(), &unseen);
    let whose = Whose::new::<M>(place, ManagerOutcome::<M>::shown(outcome));
    without_a_second_panic(
        &mut manager,
        whose,
        |manager| {
            if let Err(error) = Verdict::answer(manager.as_mut().drive_exit(outcome)) {
                lose::<M::Exit>(error, shows, whose, |lost| {
                    manager.as_mut().drive_lost(lost);
                });
            }
        },
        |manager, lost| manager.as_mut().drive_lost(lost),
    );
}

/// Whether the leave goes on after exit.
#[inline]
pub(crate) fn conclude<V: Verdict>(
    verdict: V,
    outcome: Outcome<'_, V::View>,
    replaces: impl FnOnce() -> bool,
) -> Concluded<V> {
    let is_success = outcome.is_success();
    match V::answer(verdict) {
        Ok(Some(token)) if outcome.can_be_suppressed() => Concluded::Turn(Turn::Suppressed(token)),
        Ok(_) => Concluded::GoesOn,
        Err(error) if is_success || replaces() => Concluded::Turn(Turn::Failed(error)),
        Err(error) => Concluded::Lost(error),
    }
}

pub(crate) enum Concluded<V: Verdict> {
    GoesOn,
    Turn(Turn<V>),
    Lost(V::Error),
}

impl<M: Manager<Exit = V>, V: Verdict, W: Unseen> Drop for Scope<'_, M, V, W> {
    #[inline]
    fn drop(&mut self) {
        if self.armed {
            exit_unseen(self.manager.as_mut(), self.unseen, self.shows, self.place);
        }
    }
}
