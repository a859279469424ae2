//! The frame of an async generator.
//!
//! The async twin of [`generator`](super::generator). Its future awaits things of its own, under the
//! `Context` of whoever polls it, so that no waker can carry the address of a channel. Instead the
//! frame knows the [`Slot`] beside it: it is told the address by a first poll of its own, the
//! handshake, whose private waker meets no code of the user's. In the slot stands the address of the
//! channel of the poll that is running. The yield is an [`AsyncLending`](frame::AsyncLending), which
//! moves its value into the channel at its first poll, and takes the outcome out of another one at its
//! second.
//!
//! Here is the generator, which owns the frame and polls it; in [`drive`] the polls from enter to exit,
//! in [`frame`] the other end of them, and in [`slot`] what both ends know.
//!
//! # Invariants
//! Those of `generator`, but for the wakers (5 and 6); and these in their place:
//! 1. A [`Slot`] is pinned with its generator, and the frame beside it is the only other one that
//!    knows its address. Both are reached through the pinned `&mut AsyncGenerator` alone, so one
//!    thread at a time uses them, and they go from thread to thread together.
//! 2. The phase says what the channel of a slot is: while `Starting` an `Option<Lent<'_, L>>`, while
//!    `Finishing` and its kin an `Option<Outcome<'_, V>>`, and in other phases nothing polls the frame. The
//!    address is there only during one poll; or when that has panicked, which leaves nothing of the
//!    frame to use it.
//! 3. The handshake is polled once with the private waker, before any other part of the frame is.
//! 4. An [`AsyncLending`](frame::AsyncLending) that is dropped during the poll in which it has lent takes
//!    its value back out of the channel. So a full channel behind a pending poll says that the lending is still there,
//!    suspended, and with it what its value borrows.
//! 5. The frame does not outlive the outcome. [`Finish`](drive::Finish) borrows both; when it is dropped half-way
//!    it drops the frame. Leaked half-way it leaves the phase `Finishing`: then the frame is neither
//!    polled nor dropped again, and since a pinned future may not be freed undropped either, to drop
//!    the generator ends the process.

mod drive;
mod frame;
mod slot;

use core::future::Future;
use core::marker::{PhantomData, PhantomPinned};
use core::mem::ManuallyDrop;
use core::pin::Pin;
use core::ptr;
use core::task::{Context, Poll};

use self::slot::{Phase, Slot};
use super::carriers::HANDSHAKE;
use super::generator::{Family, Promise};
use crate::lends::{Lends, Lent};
use crate::verdict::Verdict;

#[cfg(feature = "std")]
pub(crate) use self::drive::Start;
#[cfg(feature = "std")]
pub(super) use self::frame::To;
pub use self::frame::{AsyncYielder, Handshake};

/// The async manager that an `async fn` with [`#[context_manager]`](macro@crate::context_manager) returns; see
/// [`Generator`](crate::Generator) for its parameters.
///
/// ```
/// use std::future::Future;
/// use cm_runtime::{AsyncGenerator, Mut, context_manager};
///
/// #[context_manager(yields = &mut Vec<u8>)]
/// async fn bytes() {
///     let mut bytes = vec![1];
///     yield_!(&mut bytes);
///     std::future::ready(()).await;
/// }
///
/// fn named() -> AsyncGenerator<Mut<Vec<u8>>, impl Future<Output = ()>> {
///     bytes()
/// }
/// # let _ = named();
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { async manager => { .. } }`"]
pub struct AsyncGenerator<L: ?Sized, F> {
    future: ManuallyDrop<F>,
    slot: Slot,
    family: Family<L>,
    _pinned: PhantomPinned,
}

/// Never `Unpin`, by an impl for the same reason as for a [`Generator`](super::Generator).
impl<L: ?Sized, F> Unpin for AsyncGenerator<L, F> where for<'a> (PhantomPinned, &'a ()): Unpin {}

impl<L, F> AsyncGenerator<L, F>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
{
    /// `_covariance` proves by its type that values of the family can be shortened.
    #[doc(hidden)]
    #[inline]
    pub fn new<X>(
        _promise: Promise,
        _covariance: impl for<'l, 's> Fn(Lent<'l, L>, PhantomData<&'s &'l ()>) -> Lent<'s, L>,
        code: impl FnOnce(Handshake<L, X, X::View>) -> F,
    ) -> Self
    where
        X: Verdict,
        F: Future<Output = X>,
    {
        // SAFETY: there is a promise, and a proof.
        unsafe { Self::unproven(code) }
    }

    /// # Safety
    /// What a [`Promise`] promises; and that values of the family may be shortened from the time for
    /// which the frame lends them to one for which the generator is borrowed.
    #[inline]
    pub(super) unsafe fn unproven<X>(code: impl FnOnce(Handshake<L, X, X::View>) -> F) -> Self
    where
        X: Verdict,
        F: Future<Output = X>,
    {
        Self {
            future: ManuallyDrop::new(code(Handshake::new())),
            slot: Slot::new(),
            family: PhantomData,
            _pinned: PhantomPinned,
        }
    }

    /// The same with its future in another one, as in a box.
    #[cfg(feature = "alloc")]
    pub(crate) fn map<G>(self, held: impl FnOnce(F) -> G) -> AsyncGenerator<L, G>
    where
        G: Future<Output = F::Output>,
    {
        let mut this = ManuallyDrop::new(self);
        // SAFETY: `this` is not dropped. It was never pinned, since it is here by value: so its future was
        // not polled, knows no slot, and may be moved.
        let future = unsafe { ManuallyDrop::take(&mut this.future) };
        AsyncGenerator {
            future: ManuallyDrop::new(held(future)),
            slot: Slot::new(),
            family: PhantomData,
            _pinned: PhantomPinned,
        }
    }

    /// The first poll, which tells the frame where its slot is.
    #[inline]
    fn shake_hands(mut self: Pin<&mut Self>) {
        let slot = ptr::from_ref(self.as_mut().slot()).cast();
        let waker = HANDSHAKE.carrying(slot);
        let context = &mut Context::from_waker(&waker);
        // SAFETY: it is null.
        let polled = unsafe { self.poll(context, ptr::null_mut()) };
        debug_assert!(polled.is_pending(), "it waits for the handshake");
    }

    /// # Safety
    /// `channel` is what the phase says (invariant 2), and is not used otherwise meanwhile; or it is null.
    #[inline]
    unsafe fn poll(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        channel: *mut (),
    ) -> Poll<F::Output> {
        // SAFETY: `this.future` is not moved: it is pinned again here, and `discard` drops it in place.
        let this = unsafe { self.get_unchecked_mut() };
        this.slot.channel.set(channel);
        // SAFETY: `self` was pinned, and `self.future` stays where it is until it is dropped.
        let future = unsafe { Pin::new_unchecked(&mut *this.future) };
        let polled = future.poll(context);
        this.slot.channel.set(ptr::null_mut());
        polled
    }
}

impl<L: ?Sized, F> AsyncGenerator<L, F> {
    #[inline]
    fn slot(self: Pin<&mut Self>) -> &Slot {
        // SAFETY: nothing is moved.
        unsafe { &self.get_unchecked_mut().slot }
    }

    /// Drops the future, once: also a complete one, which may be in a box. Not in the phase `Finishing`,
    /// unless by who has set it.
    #[inline]
    fn discard(self: Pin<&mut Self>) {
        // SAFETY: the future is not moved, but dropped in place.
        let this = unsafe { self.get_unchecked_mut() };
        if this.slot.phase.replace(Phase::Gone) != Phase::Gone {
            // SAFETY: the phase was not `Gone`, so the future has not been dropped; it is now, so that
            // it is not dropped again, even if this panics.
            unsafe { ManuallyDrop::drop(&mut this.future) }
        }
    }
}

impl<L: ?Sized, F> Drop for AsyncGenerator<L, F> {
    #[inline]
    fn drop(&mut self) {
        match self.slot.phase.get() {
            Phase::Gone => {}
            Phase::Finishing | Phase::Cancelling | Phase::Dismissing | Phase::Replacing => leaked(),
            // SAFETY: it was pinned if it was ever polled, and is not moved before it is gone.
            _ => unsafe { Pin::new_unchecked(self) }.discard(),
        }
    }
}

/// Ends the process: a panic cannot leave an `extern "C"` function.
#[cold]
extern "C" fn leaked() -> ! {
    panic!("the exit of an async generator was leaked half-way, and then the generator was dropped")
}
