//! Managers by impls for other types: references and boxes of managers, `Option`, `&Mutex`.

use core::pin::Pin;

use crate::lends::{Lend, Lends, Lent};
use crate::lost::LostError;
use crate::manager::{ContextManager, Manager, ManagerError, ManagerOutcome};
use crate::verdict::Verdict;

/// Makes a pointer to a manager a manager, which delegates to that.
macro_rules! forward {
    (
        $(#[$attribute:meta])*
        [$($generics:tt)*] $type:ty, $self:ident => $target:expr
    ) => {
        $(#[$attribute])*
        impl<$($generics)*> ContextManager for $type {
            type Lends = M::Lends;
            type Exit = M::Exit;

            #[inline]
            #[track_caller]
            fn enter(&mut $self) -> Result<Lent<'_, M::Lends>, ManagerError<M>> {
                $target.drive_enter()
            }

            #[inline]
            fn exit(&mut $self, outcome: ManagerOutcome<'_, M>) -> M::Exit {
                $target.drive_exit(outcome)
            }

            #[inline]
            fn lost(&mut $self, lost: &LostError<'_>) {
                $target.drive_lost(lost);
            }

            #[inline]
            fn exit_replaces(&mut $self) -> bool {
                $target.drive_replaces()
            }

            #[cfg(feature = "tracing")]
            fn entered_span(&mut $self) -> Option<&tracing::Span> {
                $target.drive_span()
            }
        }
    };
}

forward!(
    #[diagnostic::do_not_recommend]
    [M: Manager + Unpin + ?Sized] &mut M, self => Pin::new(&mut **self));
forward!([M: Manager + ?Sized] Pin<&mut M>, self => self.as_mut());

#[cfg(feature = "alloc")]
forward!(
    #[diagnostic::do_not_recommend]
    [M: Manager + Unpin + ?Sized] alloc::boxed::Box<M>,
    self => Pin::new(&mut **self)
);
#[cfg(feature = "alloc")]
forward!(
    [M: Manager + ?Sized] Pin<alloc::boxed::Box<M>>,
    self => self.as_mut()
);

/// The family of a null context: what `M` lends, or nothing.
///
/// ```
/// use cm_runtime::{Lent, Mut, Optional};
/// let lent: Lent<'_, Optional<Mut<u8>>> = None;
/// assert!(lent.is_none());
/// ```
pub struct Optional<L: ?Sized>(core::marker::PhantomData<L>);

#[diagnostic::do_not_recommend]
impl<'a, L: ?Sized + Lends> Lend<'a> for Optional<L> {
    type Value = Option<Lent<'a, L>>;
}

/// `None` is a null context (Python's `nullcontext`): it does nothing, and lends `None`.
#[diagnostic::do_not_recommend]
impl<M: Manager> Manager for Option<M> {
    type Lends = Optional<M::Lends>;
    type Exit = M::Exit;

    #[inline]
    fn drive_enter(self: Pin<&mut Self>) -> Result<Lent<'_, Self::Lends>, ManagerError<Self>> {
        self.as_pin_mut().map(M::drive_enter).transpose()
    }

    #[inline]
    fn drive_exit(self: Pin<&mut Self>, outcome: ManagerOutcome<'_, Self>) -> M::Exit {
        match self.as_pin_mut() {
            Some(manager) => manager.drive_exit(outcome),
            None => M::Exit::nothing(),
        }
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

    #[cfg(feature = "tracing")]
    fn drive_span(self: Pin<&mut Self>) -> Option<&tracing::Span> {
        self.as_pin_mut()?.drive_span()
    }
}

#[cfg(feature = "std")]
mod lock {
    use core::convert::Infallible;
    use std::sync::{Mutex, MutexGuard, PoisonError};

    use crate::lends::Lend;
    use crate::manager::ContextManager;
    use crate::outcome::Outcome;

    /// A lock: enter locks it, and the body gets the guard, which is dropped when the body ends, unless
    /// the body hands it out. A panic in the body poisons it, as it does without `with!`; but not
    /// under `=> catch`, where the panic has been caught when the guard is dropped.
    ///
    /// # Panics
    /// Enter panics if the lock is poisoned, as `lock().unwrap()` does. Where that is not wanted,
    /// lock it in the body, or before.
    impl<'m, T: ?Sized> ContextManager for &'m Mutex<T> {
        type Lends = dyn for<'a> Lend<'a, Value = MutexGuard<'m, T>>;
        type Exit = ();

        #[inline]
        #[track_caller]
        fn enter(&mut self) -> Result<MutexGuard<'m, T>, Infallible> {
            match self.lock() {
                Ok(guard) => Ok(guard),
                Err(error) => poisoned(error),
            }
        }

        #[inline]
        fn exit(&mut self, _: Outcome<'_>) {}
    }

    #[cold]
    #[inline(never)]
    #[track_caller]
    fn poisoned<G>(error: PoisonError<G>) -> ! {
        drop(error);
        panic!("the lock is poisoned: the body of another block panicked while it held it")
    }
}
