//! How an async stack ends other than by `close`: as the manager of a block, or by being dropped.

use core::pin::Pin;

use super::{AsyncExitStack, unwind};
use crate::__private::unseen::Unseen as _;
use crate::async_manager::{AsyncManager, AsyncManagerOutcome, sealed};
use crate::exit_stack::Open;
use crate::exit_stack::verdicts::{Answer, StackVerdict};
use crate::lends::Lend;
use crate::lost::LostError;
use crate::outcome::{Outcome, Panic};

impl<X: StackVerdict> Drop for AsyncExitStack<'_, X> {
    fn drop(&mut self) {
        if self.is_empty() {
            return;
        }
        let outcome = match self.unseen.outcome::<X::View>() {
            Outcome::Panicked(_) => Outcome::Panicked(Panic::uncaught()),
            _ => Outcome::Cancelled,
        };
        unwind::cancel_unanswered(self, outcome);
    }
}

/// As a manager it lends itself, as an [`Open`] stack, and exits its entries with the outcome of the
/// block.
#[diagnostic::do_not_recommend]
impl<'s, X: StackVerdict<Error: Send + Sync>> AsyncManager for AsyncExitStack<'s, X> {
    type Lends = dyn for<'a> Lend<'a, Value = Open<'a, AsyncExitStack<'s, X>>>;
    type Exit = X;

    async fn drive_enter(
        self: Pin<&mut Self>,
    ) -> Result<Open<'_, AsyncExitStack<'s, X>>, X::Error> {
        Ok(Open {
            stack: self.get_mut(),
        })
    }

    async fn drive_exit(mut self: Pin<&mut Self>, outcome: AsyncManagerOutcome<'_, Self>) -> X {
        let answer = unwind::exit(&mut self, outcome).await;
        self.replaces = matches!(answer, Answer::Replace(_));
        X::of(answer)
    }

    fn drive_cancel(mut self: Pin<&mut Self>, outcome: AsyncManagerOutcome<'_, Self>) -> Option<X> {
        Some(X::of(unwind::cancel(&mut self, outcome)))
    }

    fn drive_lost(self: Pin<&mut Self>, lost: &LostError<'_>) {
        crate::lost::report(lost);
    }

    fn drive_replaces(self: Pin<&mut Self>) -> bool {
        self.replaces
    }
}

impl<X: StackVerdict> sealed::Sealed for AsyncExitStack<'_, X> {}
