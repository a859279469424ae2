//! Runs the entries of an async stack, the newest first: awaited, or not.

use super::AsyncExitStack;
use super::entry::AsyncEntry;
use crate::exit_stack::unwind::{End, Told, caught};
use crate::exit_stack::verdicts::{Answer, StackVerdict};
use crate::lost::LostCause;
use crate::outcome::{Leave, Outcome};
use crate::raw::{Kind, Taken};

type Entry<'s, X> = dyn AsyncEntry<'s, X> + 's;

/// Awaits all exits. Dropped half-way, it leaves to the stack the entries that are left.
pub(super) async fn exit<X>(
    stack: &mut AsyncExitStack<'_, X>,
    outcome: Outcome<'_, X::View>,
) -> End<X::Error>
where
    X: StackVerdict<Error: Send + Sync>,
{
    let mut told = Told::<X>::new(outcome);
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

/// Runs all entries without awaiting. A panic of one is lost, since something may be unwinding, and
/// the others have to run.
pub(super) fn cancel<X: StackVerdict>(
    stack: &mut AsyncExitStack<'_, X>,
    outcome: Outcome<'_, X::View>,
) -> Answer<X::Error> {
    let mut told = Told::<X>::new(outcome);
    while let Some(taken) = stack.entries.get_mut().pop() {
        let is_dismissed = taken.is(Kind::Dismissed);
        let mut entry = taken.into_box();
        if is_dismissed {
            entry.as_mut().dismiss();
            continue;
        }
        let origin = entry.origin();
        let cancelled = caught(|| {
            let answer = entry.as_mut().cancel(stack, told.outcome());
            drop(entry);
            answer
        });
        match cancelled {
            Ok(answer) => told.take(answer),
            Err(message) => {
                let message = message.as_deref();
                told.report(origin, LostCause::Panicked { message }, crate::lost::report);
            }
        }
    }
    told.end().answer
}
