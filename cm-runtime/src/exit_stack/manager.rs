//! How a stack ends other than by `close`: as the manager of a block, or by being dropped.

use core::pin::Pin;

use super::unwind::Unwind;
use super::verdicts::{Answer, StackVerdict};
use super::{ExitStack, Open};
use crate::__private::unseen::Unseen as _;
use crate::lends::Lend;
use crate::lost::LostError;
use crate::manager::{Manager, ManagerOutcome, sealed};

impl<X: StackVerdict> Drop for ExitStack<'_, X> {
    #[inline]
    fn drop(&mut self) {
        if !self.is_empty() {
            self.dropped();
        }
    }
}

impl<X: StackVerdict> ExitStack<'_, X> {
    #[cold]
    fn dropped(&mut self) {
        let outcome = self.unseen.outcome();
        #[cfg(feature = "std")]
        if std::thread::panicking() {
            return Unwind::new(self, outcome).run_while_unwinding();
        }
        Unwind::new(self, outcome).run_unanswered();
    }
}

/// As a manager it lends itself, as an [`Open`] stack, and exits its entries with the outcome of the
/// block.
#[diagnostic::do_not_recommend]
impl<X: StackVerdict> Manager for ExitStack<'_, X> {
    type Lends = dyn for<'a> Lend<'a, Value = Open<'a, Self>>;
    type Exit = X;

    #[inline]
    fn drive_enter(self: Pin<&mut Self>) -> Result<Open<'_, Self>, X::Error> {
        Ok(Open {
            stack: self.get_mut(),
        })
    }

    #[inline]
    fn drive_exit(mut self: Pin<&mut Self>, outcome: ManagerOutcome<'_, Self>) -> X {
        let answer = self.unwind(outcome);
        self.replaces = matches!(answer, Answer::Replace(_));
        X::of(answer)
    }

    fn drive_lost(self: Pin<&mut Self>, lost: &LostError<'_>) {
        crate::lost::report(lost);
    }

    fn drive_replaces(self: Pin<&mut Self>) -> bool {
        self.replaces
    }
}

impl<X: StackVerdict> sealed::Sealed for ExitStack<'_, X> {}
