//! A future that is awaited under a [`Watch`].
//!
//! # Invariants
//! 1. A [`Watched`] that is pinned pins the future in it: nothing moves the future out of it or replaces it, it has
//!    no `Drop`, and it is [`Unpin`] only if the future is, since the compiler derives that.

use core::marker::PhantomData;
use core::pin::Pin;
use core::ptr;

use crate::__private::unseen::Watch;

/// A future that notes in the watch whether it is suspended. `N` says what is noted while it is polled.
pub struct Watched<'w, F, N> {
    watch: &'w Watch,
    future: F,
    note: PhantomData<fn() -> N>,
}

// The `N`s. They stand here for the sake of messages, which name them together with `Watched`.
pub struct OfBody;
pub struct OfEnter;
pub struct OfExit;

impl<'w, F, N> Watched<'w, F, N> {
    #[inline]
    pub(crate) fn new(watch: &'w Watch, future: F) -> Self {
        Self {
            watch,
            future,
            note: PhantomData,
        }
    }

    /// The watch, an identity, which stays the same while the future is pinned, and the future.
    #[inline]
    pub(crate) fn parts(self: Pin<&mut Self>) -> (&'w Watch, usize, Pin<&mut F>) {
        // SAFETY: nothing is moved here (invariant 1).
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: it is pinned as the whole is (invariant 1).
        let future = unsafe { Pin::new_unchecked(&mut this.future) };
        (this.watch, ptr::from_ref(&this.watch).addr(), future)
    }
}
