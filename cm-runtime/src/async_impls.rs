//! Async managers by impls for other types: references and boxes of async managers, `Option`.

use core::future::Future;
use core::pin::Pin;

use crate::async_manager::{
    self, AsyncContextManager, AsyncManager, AsyncManagerError, AsyncManagerOutcome,
};
use crate::impls::Optional;
use crate::lends::Lent;
use crate::lost::LostError;
use crate::verdict::Verdict;

/// Makes a pointer to an async manager an async manager, which delegates to that.
macro_rules! forward {
    ($(#[$attribute:meta])* [$($generics:tt)*] $type:ty, $self:ident => $target:expr) => {
        $(#[$attribute])*
        impl<$($generics)*> AsyncContextManager for $type {
            type Lends = M::Lends;
            type Exit = M::Exit;

            #[inline]
            fn enter(
                &mut $self,
            ) -> impl Future<Output = Result<Lent<'_, M::Lends>, AsyncManagerError<M>>> {
                $target.drive_enter()
            }

            #[inline]
            fn exit(
                &mut $self,
                outcome: AsyncManagerOutcome<'_, M>,
            ) -> impl Future<Output = M::Exit> {
                $target.drive_exit(outcome)
            }

            #[inline]
            #[track_caller]
            fn cancel(&mut self, outcome: AsyncManagerOutcome<'_, M>) {
                async_manager::cancel(self, outcome);
            }

            #[inline]
            fn cancelled(&mut $self, outcome: AsyncManagerOutcome<'_, M>) -> Option<M::Exit> {
                $target.drive_cancel(outcome)
            }

            #[inline]
            fn lost(&mut $self, lost: &LostError<'_>) {
                $target.drive_lost(lost);
            }

            #[inline]
            fn exit_replaces(&mut $self) -> bool {
                $target.drive_replaces()
            }
        }
    };
}

forward!([M: AsyncManager + Unpin + ?Sized] &mut M, self => Pin::new(&mut **self));
forward!([M: AsyncManager + ?Sized] Pin<&mut M>, self => self.as_mut());

#[cfg(feature = "alloc")]
forward!([M: AsyncManager + Unpin + ?Sized] alloc::boxed::Box<M>, self => Pin::new(&mut **self));
#[cfg(feature = "alloc")]
forward!([M: AsyncManager + ?Sized] Pin<alloc::boxed::Box<M>>, self => self.as_mut());

/// `None` is a null context (Python's `nullcontext`): it does nothing, and lends `None`.
#[diagnostic::do_not_recommend]
impl<M: AsyncManager> AsyncManager for Option<M> {
    type Lends = Optional<M::Lends>;
    type Exit = M::Exit;

    #[inline]
    async fn drive_enter(
        self: Pin<&mut Self>,
    ) -> Result<Lent<'_, Self::Lends>, AsyncManagerError<Self>> {
        match self.as_pin_mut() {
            Some(manager) => manager.drive_enter().await.map(Some),
            None => Ok(None),
        }
    }

    #[inline]
    async fn drive_exit(self: Pin<&mut Self>, outcome: AsyncManagerOutcome<'_, Self>) -> M::Exit {
        match self.as_pin_mut() {
            Some(manager) => manager.drive_exit(outcome).await,
            None => M::Exit::nothing(),
        }
    }

    #[inline]
    fn drive_cancel(
        self: Pin<&mut Self>,
        outcome: AsyncManagerOutcome<'_, Self>,
    ) -> Option<M::Exit> {
        self.as_pin_mut()?.drive_cancel(outcome)
    }

    #[inline]
    fn drive_lost(self: Pin<&mut Self>, lost: &LostError<'_>) {
        if let Some(manager) = self.as_pin_mut() {
            manager.drive_lost(lost);
        }
    }

    #[inline]
    fn drive_replaces(self: Pin<&mut Self>) -> bool {
        self.as_pin_mut().is_some_and(M::drive_replaces)
    }
}
