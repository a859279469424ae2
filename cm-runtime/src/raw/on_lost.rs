//! A manager that is pinned, and a listener beside it that is not.
//!
//! # Invariants
//! 1. When an [`OnLost`] is pinned so is its manager: from then on that is changed through a `Pin` alone. An
//!    `OnLost` has no `Drop` of its own, which could move it, and is `Unpin` only if the manager is.
//! 2. The listener is never pinned.

use core::pin::Pin;

use crate::lost::LostError;

/// A manager that tells a closure of the errors its exit loses; made by
/// [`Manager::on_lost`](crate::Manager::on_lost).
///
/// ```
/// use cm_runtime::{LostError, Manager, OnLost};
/// fn logged<M: Manager>(manager: M) -> OnLost<M, impl FnMut(&LostError<'_>)> {
///     manager.on_lost(|lost| eprintln!("{lost}"))
/// }
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct OnLost<M, F> {
    manager: M,
    listener: F,
    /// A function pointer, so that the impls have no bound on `F`, and a listener that does not fit is one error.
    tell: fn(&mut F, &LostError<'_>),
}

impl<M: Unpin, F> Unpin for OnLost<M, F> {}

impl<M, F> OnLost<M, F> {
    pub(crate) fn new(manager: M, listener: F) -> Self
    where
        F: FnMut(&LostError<'_>),
    {
        Self {
            manager,
            listener,
            tell: |listener, lost| listener(lost),
        }
    }

    /// The manager by a shared reference, through which it cannot be moved.
    pub(crate) fn get_ref(&self) -> &M {
        &self.manager
    }

    #[inline]
    pub(crate) fn manager(self: Pin<&mut Self>) -> Pin<&mut M> {
        // SAFETY: it is pinned as the whole is (invariant 1).
        unsafe { self.map_unchecked_mut(|this| &mut this.manager) }
    }

    #[inline]
    pub(crate) fn tell(self: Pin<&mut Self>, lost: &LostError<'_>) {
        // SAFETY: the manager is left alone, and the listener is not pinned (invariant 2).
        let this = unsafe { self.get_unchecked_mut() };
        (this.tell)(&mut this.listener, lost);
    }
}
