//! The protocol between `with!` and a manager: enter, then exit exactly once.
//!
//! A [`Scope`] holds an entered manager. On every leave that the macro can see, the generated code
//! hands the scope to one of the exit functions, which calls the manager's exit and says whether
//! the leave goes on. A scope that is dropped while it is armed was left in a way that the macro
//! did not see: by a panic, by a leave hidden in a foreign macro, or because the future was
//! dropped. Then its `Drop` runs exit, and [`Unseen`] tells which of them it was.

use core::any::type_name;
use core::panic::Location;
use core::pin::Pin;

use crate::__private::classify::{HoldsError, IsErr, Probe, ShowsError};
use crate::__private::unseen::Unseen;
use crate::lends::Lent;
use crate::lost::{LostCause, LostError};
use crate::manager::{Manager, ManagerError, ManagerOutcome};
#[cfg(feature = "std")]
use crate::outcome::Panic;
use crate::outcome::{ErrorRef, Failure, Leave, Outcome, Sees};
use crate::verdict::Verdict;

/// What exit's error is wrapped in, to be asked what it shows.
type Lost<M> = Result<(), ManagerError<M>>;

/// What a lost error of exit shows. A pointer, so that the questions are asked once, where the scope
/// is made, and are no part of its type.
type Shows<M> = for<'a> fn(&'a Lost<M>) -> Option<ErrorRef<'a, 'a>>;

/// A manager between its enter and its exit.
pub struct Scope<'p, M: Manager, W: Unseen> {
    manager: Pin<&'p mut M>,
    armed: bool,
    unseen: W,
    place: &'static Location<'static>,
    shows: Shows<M>,
}

/// Where an item of a header begins. A method, since only the place of a method call is that of
/// its own tokens; a function call's is that of the whole macro call.
pub struct Place;

impl Place {
    #[inline]
    #[track_caller]
    pub fn here(self) -> &'static Location<'static> {
        Location::caller()
    }
}

/// What stands for the block when exit does not let the leave go on.
pub enum Turn<V: Verdict> {
    Suppressed(V::Token),
    Failed(V::Error),
}

impl<'p, M: Manager, W: Unseen> Scope<'p, M, W> {
    #[inline]
    pub fn new<K1, K2>(
        manager: Pin<&'p mut M>,
        unseen: W,
        place: &'static Location<'static>,
        _: K1,
        _: K2,
    ) -> Self
    where
        Probe<Lost<M>>: ShowsError<K1, Lost<M>> + HoldsError<K2, Lost<M>>,
    {
        Self {
            manager,
            armed: false,
            unseen,
            place,
            shows: shown_here::<M, K1, K2>,
        }
    }

    #[inline]
    pub fn enter(&mut self) -> Result<Lent<'_, M::Lends>, ManagerError<M>> {
        let value = self.manager.as_mut().drive_enter()?;
        self.armed = true;
        Ok(value)
    }

    /// The body ended with `value`, or a `return` leaves with it: a failure if it is an `Err`.
    #[inline]
    pub fn exit_with<'e, T, K3, K4, K5>(
        self,
        value: &T,
        leave: Leave,
        _: K3,
        _: K4,
        _: K5,
    ) -> Result<(), Turn<M::Exit>>
    where
        Probe<T>: IsErr<K3, T> + ShowsError<K4, T> + HoldsError<K5, T>,
        <Probe<T> as IsErr<K3, T>>::Error: 'e,
        <Probe<T> as ShowsError<K4, T>>::Error: 'e,
        <Probe<T> as HoldsError<K5, T>>::Error: 'e,
        <M::Exit as Verdict>::View: Sees<'e>,
    {
        match Probe::<T>::error(value) {
            None => self.exit(Outcome::Succeeded(leave)),
            Some(error) => {
                let shown = shown::<T, K4, K5>(value);
                self.exit(Outcome::Failed(failure::<M::Exit, _>(error, shown)))
            }
        }
    }

    /// A `?` leaves with what it was applied to.
    #[inline]
    pub fn exit_question<'e, T, K3, K4, K5>(
        self,
        residual: &T,
        _: K3,
        _: K4,
        _: K5,
    ) -> Result<(), Turn<M::Exit>>
    where
        Probe<T>: IsErr<K3, T> + ShowsError<K4, T> + HoldsError<K5, T>,
        <Probe<T> as IsErr<K3, T>>::Error: 'e,
        <Probe<T> as ShowsError<K4, T>>::Error: 'e,
        <Probe<T> as HoldsError<K5, T>>::Error: 'e,
        <M::Exit as Verdict>::View: Sees<'e>,
    {
        self.exit(Outcome::Failed(match Probe::<T>::error(residual) {
            None => Failure::opaque(),
            Some(error) => failure::<M::Exit, _>(error, shown::<T, K4, K5>(residual)),
        }))
    }

    /// Exits, and says whether the leave goes on.
    #[inline]
    pub fn exit(mut self, outcome: ManagerOutcome<'_, M>) -> Result<(), Turn<M::Exit>> {
        self.armed = false;
        let answer = self.manager.as_mut().drive_exit(outcome).answer();
        match answer {
            Ok(Some(token)) if !outcome.is_success() => Err(Turn::Suppressed(token)),
            Ok(_) => Ok(()),
            Err(error) if outcome.is_success() || self.manager.as_mut().drive_replaces() => {
                Err(Turn::Failed(error))
            }
            Err(error) => {
                lose(
                    self.manager.as_mut(),
                    self.shows,
                    self.place,
                    error,
                    outcome,
                );
                Ok(())
            }
        }
    }

    /// A panic of the body was caught: exits, and lets it go on unless exit suppresses it.
    #[cfg(feature = "std")]
    #[cold]
    pub fn exit_caught(self, payload: std::boxed::Box<dyn core::any::Any + Send>) -> Turn<M::Exit> {
        match self.exit(Outcome::Panicked(Panic::caught(&*payload))) {
            Err(turn) => turn,
            Ok(()) => std::panic::resume_unwind(payload),
        }
    }
}

/// The value, for a binding that has to be seen as an effect.
#[inline]
pub fn lent<T>(value: T) -> T {
    value
}

/// A failure goes on although exit has failed as well: exit's error goes to who listens.
#[cold]
fn lose<M: Manager>(
    manager: Pin<&mut M>,
    shows: Shows<M>,
    place: &'static Location<'static>,
    error: ManagerError<M>,
    outcome: ManagerOutcome<'_, M>,
) {
    let error: Lost<M> = Err(error);
    let Err(debug) = &error else { return };
    let cause = LostCause::Failed {
        debug,
        error: match shows(&error) {
            Some(ErrorRef::Sync(error)) => Some(error),
            Some(ErrorRef::Local(error)) => Some(error),
            None => None,
        },
    };
    report(manager, place, cause, outcome);
}

fn shown_here<M, K1, K2>(error: &Lost<M>) -> Option<ErrorRef<'_, '_>>
where
    M: Manager,
    Probe<Lost<M>>: ShowsError<K1, Lost<M>> + HoldsError<K2, Lost<M>>,
{
    <Probe<Lost<M>> as ShowsError<K1, _>>::shown_here(error)
        .or_else(|| <Probe<Lost<M>> as HoldsError<K2, _>>::held_here(error))
}

fn report<M: Manager>(
    manager: Pin<&mut M>,
    place: &'static Location<'static>,
    cause: LostCause<'_>,
    outcome: ManagerOutcome<'_, M>,
) {
    let lost = LostError {
        cause,
        manager: type_name::<M>(),
        place,
        outcome: outcome.shown(),
    };
    manager.drive_lost(&lost);
}

/// Exits a scope that was left in a way the macro did not see. Whatever exit answers, the leave
/// goes on. While a panic unwinds, a second one must not get out of here: it would abort.
///
/// What it needs comes by value, so that the scope itself need not be in memory.
#[cold]
#[inline(never)]
fn exit_unseen<M: Manager, W: Unseen>(
    mut manager: Pin<&mut M>,
    unseen: W,
    shows: Shows<M>,
    place: &'static Location<'static>,
) {
    let outcome = unseen.outcome();
    let exit = |mut manager: Pin<&mut M>| {
        if let Err(error) = manager.as_mut().drive_exit(outcome).answer() {
            lose(manager, shows, place, error, outcome);
        }
    };
    #[cfg(feature = "std")]
    if std::thread::panicking() {
        use std::panic::{AssertUnwindSafe, catch_unwind};
        let exit = AssertUnwindSafe(|| exit(manager.as_mut()));
        if let Err(payload) = catch_unwind(exit) {
            let message = crate::outcome::message_of(&*payload);
            let cause = LostCause::Panicked { message };
            let report = AssertUnwindSafe(|| report(manager, place, cause, outcome));
            drop(catch_unwind(report));
        }
        return;
    }
    exit(manager.as_mut());
}

impl<M: Manager, W: Unseen> Drop for Scope<'_, M, W> {
    #[inline]
    fn drop(&mut self) {
        if self.armed {
            exit_unseen(self.manager.as_mut(), self.unseen, self.shows, self.place);
        }
    }
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
