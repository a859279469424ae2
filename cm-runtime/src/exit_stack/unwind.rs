//! Runs the entries of a stack, the newest first, whatever fails.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::pin::Pin;

use super::ExitStack;
use super::entry::{Entry, Origin};
use super::error::StackError;
use super::verdicts::{Answer, StackVerdict, block};
use crate::__private::lose::caught;
use crate::lost::{LostCause, LostError};
use crate::outcome::{ErrorRef, Failure, Leave, Outcome, Panic};
use crate::raw::Kind;

/// How far a stack has got: its entries, and the outcome as it was changed so far.
pub(super) struct Unwind<'u, 's, 'o, X: StackVerdict> {
    stack: &'u mut ExitStack<'s, X>,
    told: Told<'o, X>,
    armed: bool,
}

/// The outcome that a stack was told, and how its entries have changed that. The outcome that results is
/// computed only for entries that are told it.
pub(crate) struct Told<'o, X: StackVerdict> {
    /// That of the stack.
    origin: Origin,
    outcome: Outcome<'o, X::View>,
    suppressed: bool,
    /// The error of an entry that has replaced the outcome.
    error: Option<X::Error>,
    /// Errors of entries further out than the one whose failure goes on.
    later: Vec<X::Error>,
    /// An entry has panicked, and that panic unwinds.
    panicked: bool,
    /// Errors cannot reach the caller any more: each entry reports its own.
    pub(super) loses: bool,
}

impl<'u, 's, 'o, X: StackVerdict> Unwind<'u, 's, 'o, X> {
    pub(super) fn new(stack: &'u mut ExitStack<'s, X>, told: Outcome<'o, X::View>) -> Self {
        Self {
            told: Told::new(told, stack.origin()),
            stack,
            armed: true,
        }
    }

    /// Runs the entries while a panic unwinds already: no other panic gets out, and all errors are reported.
    #[cfg(feature = "std")]
    #[cold]
    pub(super) fn run_while_unwinding(mut self) {
        self.armed = false;
        self.run_others();
    }

    /// Runs the entries when nobody gets their answer: each reports its own error.
    #[cold]
    pub(super) fn run_unanswered(mut self) {
        self.told.loses = true;
        self.run_all();
    }

    #[inline]
    pub(super) fn run(mut self) -> Answer<X::Error> {
        self.run_all();
        self.told.end()
    }

    #[inline]
    fn run_all(&mut self) {
        while let Some(taken) = self.stack.entries.pop() {
            if !taken.is(Kind::Dismissed) {
                let answer = taken.into_box().exit(self.stack, &self.told);
                self.told.take(answer);
            }
        }
        self.armed = false;
    }
}

/// An entry has panicked: the others run while that unwinds.
impl<X: StackVerdict> Drop for Unwind<'_, '_, '_, X> {
    fn drop(&mut self) {
        if self.armed {
            self.told.panicked = true;
            self.told.lose_all(Outcome::Panicked(Panic::uncaught()));
            self.run_others();
        }
    }
}

impl<X: StackVerdict> Unwind<'_, '_, '_, X> {
    #[cold]
    fn run_others(&mut self) {
        self.told.loses = true;
        while let Some(taken) = self.stack.entries.pop() {
            let is_dismissed = taken.is(Kind::Dismissed);
            let mut entry = taken.into_box();
            let origin = entry.as_mut().origin();
            let (stack, told) = (&*self.stack, &mut self.told);
            // The drop of a manager, or of an error, may panic as well.
            let ran = caught(|| {
                if !is_dismissed {
                    let answer = entry.exit(stack, told);
                    told.take(answer);
                }
            });
            if let Err(message) = ran {
                let message = message.as_deref();
                told.report(origin, LostCause::Panicked { message }, crate::lost::report);
            }
        }
        self.told.lose_all(Outcome::Cancelled);
    }
}

/// Runs one entry, as after a success.
pub(super) fn release<'s, X: StackVerdict>(
    entry: Pin<Box<dyn Entry<'s, X> + 's>>,
    stack: &ExitStack<'s, X>,
) -> X::Block<()> {
    let mut told = Told::new(Outcome::Succeeded(Leave::Close), stack.origin());
    let answer = entry.exit(stack, &told);
    told.take(answer);
    block::<X>(told.end())
}

impl<'o, X: StackVerdict> Told<'o, X> {
    #[inline]
    pub(super) fn new(outcome: Outcome<'o, X::View>, origin: Origin) -> Self {
        Self {
            origin,
            outcome,
            suppressed: false,
            error: None,
            later: Vec::new(),
            panicked: false,
            loses: false,
        }
    }

    /// What the next entry is told.
    #[inline]
    pub(super) fn outcome(&self) -> Outcome<'_, X::View> {
        if self.panicked {
            return Outcome::Panicked(Panic::uncaught());
        }
        match &self.error {
            Some(error) => Outcome::Failed(failure::<X>(error)),
            None if self.suppressed => Outcome::Succeeded(Leave::End),
            None => self.outcome,
        }
    }

    /// Reports an error of an entry, if it cannot reach the caller.
    #[inline]
    pub(super) fn lose(
        &self,
        origin: Origin,
        answer: &Answer<X::Error>,
        report: impl FnOnce(&LostError<'_>),
    ) {
        let (Answer::Fail(error) | Answer::Replace(error)) = answer else {
            return;
        };
        if self.loses {
            let cause = LostCause::Failed {
                debug: error,
                error: error.as_error().map(|error| error as _),
            };
            self.report(origin, cause, report);
        }
    }

    #[cold]
    pub(super) fn report(
        &self,
        origin: Origin,
        cause: LostCause<'_>,
        report: impl FnOnce(&LostError<'_>),
    ) {
        let lost = LostError {
            cause,
            manager: origin.name,
            place: origin.place,
            outcome: self.outcome().shown(),
        };
        let _ = caught(|| report(&lost));
    }

    #[inline]
    pub(super) fn take(&mut self, answer: Answer<X::Error>) {
        match answer {
            Answer::GoOn => {}
            Answer::Suppress => self.suppress(),
            Answer::Fail(error) => self.fail(error),
            Answer::Replace(error) => {
                self.suppress();
                self.fail(error);
            }
        }
    }

    #[cold]
    fn suppress(&mut self) {
        if !self.outcome().can_be_suppressed() {
            return;
        }
        for later in self.later.drain(..) {
            if !self.loses {
                lose_of_stack::<X>(self.origin, &later, Outcome::Failed(Failure::opaque()));
            }
        }
        self.error = None;
        self.suppressed |= !self.outcome.is_success();
    }

    #[cold]
    fn fail(&mut self, error: X::Error) {
        if self.outcome().is_success() {
            self.error = Some(error);
        } else {
            self.later.push(error);
        }
    }

    /// Reports the errors that were to be returned, and cannot be any more because of `outcome`.
    #[cold]
    pub(super) fn lose_all(&mut self, outcome: Outcome<'_, X::View>) {
        let later = core::mem::take(&mut self.later);
        let all = self.error.take().into_iter().chain(later);
        for error in all {
            // Its `Display` and its `Drop` are user code, and a panic may be unwinding already.
            let _ = caught(|| {
                // Else it has been reported by its entry.
                if !self.loses {
                    lose_of_stack::<X>(self.origin, &error, outcome);
                }
                drop(error);
            });
        }
    }

    /// The answer of all entries together.
    #[inline]
    pub(super) fn end(&mut self) -> Answer<X::Error> {
        let later = self.later.drain(..);
        let all = self.error.take().into_iter().chain(later);
        match all.reduce(StackError::followed_by) {
            Some(error) if self.suppressed => Answer::Replace(error),
            Some(error) => Answer::Fail(error),
            None if self.suppressed => Answer::Suppress,
            None => Answer::GoOn,
        }
    }
}

fn failure<X: StackVerdict>(error: &X::Error) -> Failure<'_, X::View> {
    let shown = error.as_error().map(|error| ErrorRef::Sync(error));
    Failure::new(error, shown)
}

/// Reports an error of a whole stack.
#[cold]
fn lose_of_stack<X: StackVerdict>(stack: Origin, error: &X::Error, outcome: Outcome<'_, X::View>) {
    crate::lost::report(&LostError {
        cause: LostCause::Failed {
            debug: error,
            error: error.as_error().map(|error| error as _),
        },
        manager: stack.name,
        place: stack.place,
        outcome: outcome.shown(),
    });
}
