//! A future that is awaited under a [`Watch`].
//!
//! # Invariants
//! 1. A [`Watched`] that is pinned pins the future in it: nothing moves the future out of it or replaces it, it has
//!    no `Drop`, and it is [`Unpin`] only if the future is, since the compiler derives that.

use core::marker::PhantomData;
use core::pin::Pin;

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

    #[inline]
    pub(crate) fn watch(&self) -> &'w Watch {
        self.watch
    }

    #[inline]
    pub(crate) fn future(self: Pin<&mut Self>) -> Pin<&mut F> {
        // SAFETY: it is pinned as the whole is (invariant 1).
        unsafe { self.map_unchecked_mut(|this| &mut this.future) }
    }
}
