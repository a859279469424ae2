//! Runs the entries of an async stack, the newest first: awaited, or not.

use core::any::Any;
use std::boxed::Box;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use super::AsyncExitStack;
use super::entry::AsyncEntry;
use crate::__private::lose::message_left;
use crate::__private::unseen::{Awaits, OnlyPanics, Unseen as _, Watch};
use crate::exit_stack::unwind::Told;
use crate::exit_stack::verdicts::{Answer, StackVerdict, block};
use crate::lost::LostCause;
use crate::outcome::{Leave, Outcome};
use crate::raw::{Kind, Taken};

type Entry<'s, X> = dyn AsyncEntry<'s, X> + 's;

/// Awaits all exits. Dropped half-way, it leaves to the stack the entries that are left.
pub(super) async fn exit<X>(
    stack: &mut AsyncExitStack<'_, X>,
    outcome: Outcome<'_, X::View>,
) -> Answer<X::Error>
where
    X: StackVerdict<Error: Send + Sync>,
{
    let mut guard = ReportsIfDropped::<X> {
        told: Told::new(outcome, stack.origin()),
        watch: Watch::new(),
    };
    let ReportsIfDropped { told, watch } = &mut guard;
    while let Some(taken) = stack.entries.get_mut().pop() {
        let is_dismissed = taken.is(Kind::Dismissed);
        let mut entry = taken.into_box();
        if is_dismissed {
            entry.as_mut().dismiss();
            continue;
        }
        let answer = {
            let exiting = entry.as_mut().exit(stack, told.outcome());
            watch.over(exiting.answer()).await
        };
        told.take(answer);
    }
    told.end()
}

/// What a stack was told while its exits are awaited. Dropped half-way, or by a panic, it reports the errors that would
/// have been returned at the end.
struct ReportsIfDropped<'o, X: StackVerdict> {
    told: Told<'o, X>,
    watch: Watch,
}

impl<X: StackVerdict> Drop for ReportsIfDropped<'_, X> {
    fn drop(&mut self) {
        let outcome = Awaits::new(&self.watch, OnlyPanics).outcome();
        self.told.lose_all(outcome);
    }
}

/// Awaits the exit of one entry, as after a success.
pub(super) async fn release<'s, X>(
    taken: Taken<Entry<'s, X>>,
    stack: &AsyncExitStack<'s, X>,
) -> X::Block<()>
where
    X: StackVerdict<Error: Send + Sync>,
{
    let mut told = Told::<X>::new(Outcome::Succeeded(Leave::Close), stack.origin());
    let mut entry = taken.into_box();
    let answer = {
        let exiting = entry.as_mut().exit(stack, told.outcome());
        exiting.answer().await
    };
    told.take(answer);
    block::<X>(told.end())
}

/// Runs all entries without awaiting. The panic of an entry goes on when the others have run; if a panic
/// unwinds already, or another entry has panicked before, it is lost.
pub(super) fn cancel<X: StackVerdict>(
    stack: &mut AsyncExitStack<'_, X>,
    outcome: Outcome<'_, X::View>,
) -> Answer<X::Error> {
    let mut told = Told::<X>::new(outcome, stack.origin());
    match cancel_all(stack, &mut told) {
        None => told.end(),
        Some(payload) => {
            told.lose_all(outcome);
            resume_unwind(payload);
        }
    }
}

/// The same where nobody gets the answer: each error is reported.
#[cold]
pub(super) fn cancel_unanswered<X: StackVerdict>(
    stack: &mut AsyncExitStack<'_, X>,
    outcome: Outcome<'_, X::View>,
) {
    let mut told = Told::<X>::new(outcome, stack.origin());
    told.loses = true;
    let panic = cancel_all(stack, &mut told);
    told.lose_all(outcome);
    if let Some(payload) = panic {
        resume_unwind(payload);
    }
}

/// The payload of the panic that is to go on.
fn cancel_all<X: StackVerdict>(
    stack: &mut AsyncExitStack<'_, X>,
    told: &mut Told<'_, X>,
) -> Option<Box<dyn Any + Send>> {
    let mut panic = None;
    while let Some(taken) = stack.entries.get_mut().pop() {
        let is_dismissed = taken.is(Kind::Dismissed);
        let mut entry = taken.into_box();
        let origin = entry.as_mut().origin();
        let cancelled = catch_unwind(AssertUnwindSafe(|| {
            if is_dismissed {
                entry.as_mut().dismiss();
                return Answer::GoOn;
            }
            let answer = entry.as_mut().cancel(stack, told.outcome());
            drop(entry);
            told.lose(origin, &answer, crate::lost::report);
            answer
        }));
        match cancelled {
            Ok(answer) => told.take(answer),
            Err(payload) if panic.is_none() && !std::thread::panicking() => panic = Some(payload),
            Err(payload) => {
                let message = message_left(payload);
                let message = message.as_deref();
                told.report(origin, LostCause::Panicked { message }, crate::lost::report);
            }
        }
    }
    panic
}
