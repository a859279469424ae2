//! What an await of a body awaits: the user's future, and a note of whether it is suspended.
//!
//! # Invariants
//! 1. An [`Awaited`] that is pinned pins the future in it: nothing moves the future out of it or replaces it, it has
//!    no `Drop`, and it is [`Unpin`] only if the future is, since the compiler derives that.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use crate::__private::unseen::{OfBody, Watch};

/// An awaited future that notes how it leaves the function.
pub struct Awaited<'w, F> {
    watch: &'w Watch,
    future: F,
}

impl<'w, F> Awaited<'w, F> {
    #[inline]
    pub(crate) fn new(watch: &'w Watch, future: F) -> Self {
        Self { watch, future }
    }
}

impl<F: Future> Future for Awaited<'_, F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let (watch, place) = (self.watch, core::ptr::from_ref(&*self).addr());
        // SAFETY: the future is pinned as this is (1).
        let future = unsafe { self.map_unchecked_mut(|this| &mut this.future) };
        watch.poll::<F, OfBody>(future, place, context)
    }
}
