//! Runs the entries of a stack, the newest first, whatever fails.

use super::ExitStack;
use super::error::StackError;
use super::verdicts::{Answer, StackVerdict};
use crate::lost::{LostCause, LostError};
use crate::outcome::{ErrorRef, Failure, Leave, Outcome, Panic, Sees};
use crate::raw::{Kind, Taken};
use alloc::vec::Vec;
use core::fmt::Debug;
use core::panic::Location;

/// How far a stack has got: its entries, and the outcome as it was changed so far.
pub(super) struct Unwind<'u, 's, 'o, X: StackVerdict> {
    stack: &'u mut ExitStack<'s, X>,
    state: State<'o, X>,
    armed: bool,
}

struct State<'o, X: StackVerdict> {
    /// What the stack was told.
    told: Outcome<'o, X::View>,
    suppressed: bool,
    /// The error that an entry put in its place.
    error: Option<X::Error>,
    /// Errors of entries further out than the one whose failure goes on.
    later: Vec<X::Error>,
    /// An entry has panicked, and that unwinds.
    panicked: bool,
}

/// How all entries together answered.
pub(super) struct End<E> {
    pub(super) answer: Answer<E>,
    /// An error that comes after the failure that the stack was told was suppressed.
    pub(super) replaces: bool,
}

impl<'u, 's, 'o, X: StackVerdict> Unwind<'u, 's, 'o, X> {
    pub(super) fn new(stack: &'u mut ExitStack<'s, X>, told: Outcome<'o, X::View>) -> Self {
        Self {
            stack,
            state: State {
                told,
                suppressed: false,
                error: None,
                later: Vec::new(),
                panicked: false,
            },
            armed: true,
        }
    }

    /// While something unwinds already: no panic gets out, and all errors are reported.
    #[cold]
    pub(super) fn run_while_unwinding(mut self) {
        self.armed = false;
        self.run_others();
    }

    #[inline]
    pub(super) fn run(mut self) -> End<X::Error> {
        while let Some(mut taken) = self.stack.entries.pop() {
            if taken.kind != Kind::Dismissed {
                let answer = {
                    let outcome = self.state.outcome();
                    taken.as_pin_mut().exit(self.stack, outcome)
                };
                self.state.take(answer, &mut taken);
            }
        }
        self.armed = false;
        self.state.end()
    }
}

/// An entry has panicked: the others run while that unwinds.
impl<X: StackVerdict> Drop for Unwind<'_, '_, '_, X> {
    fn drop(&mut self) {
        if self.armed {
            self.state.panicked = true;
            for later in self.state.later.drain(..) {
                lose_of_stack::<X>(&later, Outcome::Panicked(Panic::uncaught()));
            }
            self.run_others();
        }
    }
}

impl<X: StackVerdict> Unwind<'_, '_, '_, X> {
    #[cold]
    fn run_others(&mut self) {
        while let Some(mut taken) = self.stack.entries.pop() {
            if taken.kind == Kind::Dismissed {
                continue;
            }
            let outcome = self.state.outcome();
            let stack = &*self.stack;
            match caught(|| taken.as_pin_mut().exit(stack, outcome)) {
                Ok(Answer::Fail(error)) => lose::<X>(&mut taken, outcome, Some(&error), None),
                Ok(_) => {}
                Err(message) => lose::<X>(&mut taken, outcome, None, message.as_deref()),
            }
        }
    }
}

impl<X: StackVerdict> State<'_, X> {
    /// What the next entry is told.
    #[inline]
    fn outcome(&self) -> Outcome<'_, X::View> {
        if self.panicked {
            return Outcome::Panicked(Panic::uncaught());
        }
        match &self.error {
            Some(error) => Outcome::Failed(failure::<X>(error)),
            None if self.suppressed => Outcome::Succeeded(Leave::End),
            None => self.told,
        }
    }

    #[inline]
    fn take(&mut self, answer: Answer<X::Error>, taken: &mut Taken<'_, X>) {
        match answer {
            Answer::GoOn => {}
            Answer::Suppress => self.suppress(taken),
            Answer::Fail(error) => self.fail(error),
        }
    }

    #[cold]
    fn suppress(&mut self, taken: &mut Taken<'_, X>) {
        // As in nested blocks: what unwinds, or was cancelled, can be suppressed by nobody.
        let can_be = match self.outcome() {
            Outcome::Failed(_) => true,
            Outcome::Panicked(panic) => panic.payload().is_some(),
            _ => false,
        };
        if !can_be {
            return;
        }
        for later in self.later.drain(..) {
            let outcome = Outcome::Failed(Failure::opaque());
            lose::<X>(taken, outcome, Some(&later), None);
        }
        self.error = None;
        self.suppressed |= !self.told.is_success();
    }

    #[cold]
    fn fail(&mut self, error: X::Error) {
        if self.outcome().is_success() {
            self.error = Some(error);
        } else {
            self.later.push(error);
        }
    }

    #[inline]
    fn end(&mut self) -> End<X::Error> {
        let replaces = self.suppressed && self.error.is_some();
        let later = self.later.drain(..);
        let all = self.error.take().into_iter().chain(later);
        let answer = match all.reduce(StackError::followed_by) {
            Some(error) => Answer::Fail(error),
            None if self.suppressed => Answer::Suppress,
            None => Answer::GoOn,
        };
        End { answer, replaces }
    }
}

fn failure<X: StackVerdict>(error: &X::Error) -> Failure<'_, X::View> {
    let shown = error.as_error().map(|error| ErrorRef::Sync(error));
    Failure::new(shown, <X::View as Sees<'static>>::see(error, shown))
}

/// Reports an error or a panic that cannot reach the caller.
#[cold]
fn lose<X: StackVerdict>(
    taken: &mut Taken<'_, X>,
    outcome: Outcome<'_, X::View>,
    error: Option<&X::Error>,
    message: Option<&str>,
) {
    let cause = match error {
        Some(error) => LostCause::Failed {
            debug: error as &dyn Debug,
            error: error.as_error().map(|error| error as _),
        },
        None => LostCause::Panicked { message },
    };
    let place: &'static Location<'static> = taken.place;
    let mut entry = taken.as_pin_mut();
    let lost = LostError {
        cause,
        manager: entry.as_mut().name(),
        place,
        outcome: outcome.shown(),
    };
    let _ = caught(|| entry.lost(&lost));
}

/// Calls `f`; `Err` is a panic, with its message.
#[cfg(feature = "std")]
fn caught<R>(f: impl FnOnce() -> R) -> Result<R, Option<alloc::string::String>> {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    catch_unwind(AssertUnwindSafe(f))
        .map_err(|payload| crate::outcome::message_of(&*payload).map(Into::into))
}

#[cfg(not(feature = "std"))]
#[allow(
    clippy::unnecessary_wraps,
    reason = "the shape of the form that catches"
)]
fn caught<R>(f: impl FnOnce() -> R) -> Result<R, Option<alloc::string::String>> {
    Ok(f())
}

/// Reports an error of a whole stack that was dropped.
#[cold]
pub(super) fn lose_of_stack<X: StackVerdict>(error: &X::Error, outcome: Outcome<'_, X::View>) {
    crate::lost::report(&LostError {
        cause: LostCause::Failed {
            debug: error,
            error: error.as_error().map(|error| error as _),
        },
        manager: core::any::type_name::<ExitStack<'_, X>>(),
        place: Location::caller(),
        outcome: outcome.shown(),
    });
}
