//! Runs the entries of an async stack, the newest first: awaited, or not.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use super::AsyncExitStack;
use super::entry::AsyncEntry;
use crate::exit_stack::unwind::{Told, lose_of_stack};
use crate::exit_stack::verdicts::{Answer, StackVerdict};
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
    let mut awaited = Awaited::<X>(Told::new(outcome, stack.origin()));
    let told = &mut awaited.0;
    while let Some(taken) = stack.entries.get_mut().pop() {
        let is_dismissed = taken.is(Kind::Dismissed);
        let mut entry = taken.into_box();
        if is_dismissed {
            entry.as_mut().dismiss();
            continue;
        }
        let exiting = entry.as_mut().exit(stack, told.outcome());
        let answer = exiting.answer().await;
        told.take(answer);
    }
    told.end()
}

/// Dropped half-way, or unwound, it reports the errors that only its end would have handed on.
struct Awaited<'o, X: StackVerdict>(Told<'o, X>);

impl<X: StackVerdict> Drop for Awaited<'_, X> {
    fn drop(&mut self) {
        self.0.lose_later();
    }
}

/// Awaits the exit of one entry.
pub(super) async fn release<'s, X>(
    taken: Taken<Entry<'s, X>>,
    stack: &AsyncExitStack<'s, X>,
) -> Answer<X::Error>
where
    X: StackVerdict<Error: Send + Sync>,
{
    let mut entry = taken.into_box();
    let exiting = entry.as_mut().exit(stack, Outcome::Succeeded(Leave::Close));
    exiting.answer().await
}

/// Runs all entries without awaiting. A panic of one goes on when the others have run; if something
/// unwinds already, or one has panicked before, it is lost.
pub(super) fn cancel<X: StackVerdict>(
    stack: &mut AsyncExitStack<'_, X>,
    outcome: Outcome<'_, X::View>,
) -> Answer<X::Error> {
    let mut told = Told::<X>::new(outcome, stack.origin());
    let mut panic = None;
    while let Some(taken) = stack.entries.get_mut().pop() {
        let is_dismissed = taken.is(Kind::Dismissed);
        let mut entry = taken.into_box();
        let origin = entry.origin();
        let cancelled = catch_unwind(AssertUnwindSafe(|| {
            if is_dismissed {
                entry.as_mut().dismiss();
                return Answer::GoOn;
            }
            let answer = entry.as_mut().cancel(stack, told.outcome());
            drop(entry);
            answer
        }));
        match cancelled {
            Ok(answer) => told.take(answer),
            Err(payload) if panic.is_none() && !std::thread::panicking() => panic = Some(payload),
            Err(payload) => {
                let message = crate::outcome::message_of(&*payload);
                told.report(origin, LostCause::Panicked { message }, crate::lost::report);
            }
        }
    }
    let answer = told.end();
    if let Some(payload) = panic {
        if let Some(error) = answer.into_error() {
            lose_of_stack::<X>(stack.origin(), &error, outcome);
        }
        resume_unwind(payload);
    }
    answer
}
