//! A manager with a listener of its own for lost errors.

use core::fmt;
use core::future::Future;
use core::pin::Pin;

use crate::async_manager::{self, AsyncManager, AsyncManagerError, AsyncManagerOutcome};
use crate::lends::Lent;
use crate::lost::LostError;
use crate::manager::{self, Manager, ManagerError, ManagerOutcome};
pub use crate::raw::OnLost;

impl<M: fmt::Debug, F> fmt::Debug for OnLost<M, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OnLost").field(self.get_ref()).finish()
    }
}

impl<M: Manager, F> manager::sealed::Sealed for OnLost<M, F> {}

#[diagnostic::do_not_recommend]
impl<M, F> Manager for OnLost<M, F>
where
    M: Manager,
{
    type Lends = M::Lends;
    type Exit = M::Exit;

    #[inline]
    fn drive_enter(self: Pin<&mut Self>) -> Result<Lent<'_, M::Lends>, ManagerError<M>> {
        self.manager().drive_enter()
    }

    #[inline]
    fn drive_exit(self: Pin<&mut Self>, outcome: ManagerOutcome<'_, M>) -> M::Exit {
        self.manager().drive_exit(outcome)
    }

    fn drive_lost(self: Pin<&mut Self>, lost: &LostError<'_>) {
        self.tell(lost);
    }

    fn drive_replaces(self: Pin<&mut Self>) -> bool {
        self.manager().drive_replaces()
    }

    #[cfg(feature = "tracing")]
    fn drive_span(self: Pin<&mut Self>) -> Option<&tracing::Span> {
        self.manager().drive_span()
    }
}

impl<M: AsyncManager, F> async_manager::sealed::Sealed for OnLost<M, F> {}

#[diagnostic::do_not_recommend]
impl<M, F> AsyncManager for OnLost<M, F>
where
    M: AsyncManager,
{
    type Lends = M::Lends;
    type Exit = M::Exit;

    #[inline]
    fn drive_enter(
        self: Pin<&mut Self>,
    ) -> impl Future<Output = Result<Lent<'_, M::Lends>, AsyncManagerError<M>>> {
        self.manager().drive_enter()
    }

    #[inline]
    fn drive_exit(
        self: Pin<&mut Self>,
        outcome: AsyncManagerOutcome<'_, M>,
    ) -> impl Future<Output = M::Exit> {
        self.manager().drive_exit(outcome)
    }

    fn drive_cancel(self: Pin<&mut Self>, outcome: AsyncManagerOutcome<'_, M>) -> Option<M::Exit> {
        self.manager().drive_cancel(outcome)
    }

    fn drive_lost(self: Pin<&mut Self>, lost: &LostError<'_>) {
        self.tell(lost);
    }

    fn drive_replaces(self: Pin<&mut Self>) -> bool {
        self.manager().drive_replaces()
    }
}
