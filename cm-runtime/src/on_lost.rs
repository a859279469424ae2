//! A manager with a listener of its own for lost errors.

use core::fmt;
use core::future::Future;
use core::pin::Pin;

use crate::async_manager::{
    AsyncContextManager, AsyncManager, AsyncManagerError, AsyncManagerOutcome,
};
use crate::lends::Lent;
use crate::lost::LostError;
use crate::manager::{ContextManager, Manager, ManagerError, ManagerOutcome};

/// A manager that tells a closure of the errors its exit loses; made by
/// [`Manager::on_lost`].
///
/// ```
/// use cm_runtime::{LostError, Manager, OnLost};
/// fn logged<M: Manager + Unpin>(manager: M) -> OnLost<M, impl FnMut(&LostError<'_>)> {
///     manager.on_lost(|lost| eprintln!("{lost}"))
/// }
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct OnLost<M, F> {
    manager: M,
    listener: F,
}

impl<M, F> OnLost<M, F> {
    pub(crate) fn new(manager: M, listener: F) -> Self {
        Self { manager, listener }
    }
}

impl<M, F: FnMut(&LostError<'_>)> OnLost<M, F> {
    /// The listener knows nothing of this wrapper, which the error was lost in.
    fn tell(&mut self, lost: &LostError<'_>) {
        let manager = core::any::type_name::<M>();
        (self.listener)(&LostError { manager, ..*lost });
    }
}

impl<M: fmt::Debug, F> fmt::Debug for OnLost<M, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OnLost").field(&self.manager).finish()
    }
}

impl<M, F> ContextManager for OnLost<M, F>
where
    M: Manager + Unpin,
    F: FnMut(&LostError<'_>),
{
    type Lends = M::Lends;
    type Exit = M::Exit;

    #[inline]
    fn enter(&mut self) -> Result<Lent<'_, M::Lends>, ManagerError<M>> {
        Pin::new(&mut self.manager).drive_enter()
    }

    #[inline]
    fn exit(&mut self, outcome: ManagerOutcome<'_, M>) -> M::Exit {
        Pin::new(&mut self.manager).drive_exit(outcome)
    }

    fn exit_replaces(&mut self) -> bool {
        Pin::new(&mut self.manager).drive_replaces()
    }

    fn lost(&mut self, lost: &LostError<'_>) {
        self.tell(lost);
    }

    #[cfg(feature = "tracing")]
    fn entered_span(&self) -> Option<&tracing::Span> {
        Pin::new(&self.manager).drive_span()
    }
}

impl<M, F> AsyncContextManager for OnLost<M, F>
where
    M: AsyncManager + Unpin,
    F: FnMut(&LostError<'_>),
{
    type Lends = M::Lends;
    type Exit = M::Exit;

    #[inline]
    fn enter(&mut self) -> impl Future<Output = Result<Lent<'_, M::Lends>, AsyncManagerError<M>>> {
        Pin::new(&mut self.manager).drive_enter()
    }

    #[inline]
    fn exit(&mut self, outcome: AsyncManagerOutcome<'_, M>) -> impl Future<Output = M::Exit> {
        Pin::new(&mut self.manager).drive_exit(outcome)
    }

    fn cancel(&mut self, outcome: AsyncManagerOutcome<'_, M>) {
        Pin::new(&mut self.manager).drive_cancel(outcome);
    }

    fn cancelled(&mut self, outcome: AsyncManagerOutcome<'_, M>) -> Option<M::Exit> {
        Pin::new(&mut self.manager).drive_cancel(outcome)
    }

    fn exit_replaces(&mut self) -> bool {
        Pin::new(&mut self.manager).drive_replaces()
    }

    fn lost(&mut self, lost: &LostError<'_>) {
        self.tell(lost);
    }
}
