//! What an await of a body awaits.
//!
//! Invariant: the future in it is pinned where it is. It is moved out of nowhere, there is no `Drop`, and
//! [`Unpin`] is what the compiler derives of the future.

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
        // SAFETY: the future is pinned where it is.
        let future = unsafe { self.map_unchecked_mut(|this| &mut this.future) };
        watch.poll::<F, OfBody>(future, place, context)
    }
}
