//! What the code in the frame of an async generator is made of: the handshake, and the yield.
//!
//! # Invariants
//! Of those of [`async_generator`](super), the code here rests on 1 and 3 (the slot is beside the
//! frame, which is told where before anything else), 2 (the phase says what the channel is) and 5 (the
//! frame does not outlive the outcome), and keeps 4 (a yield that is dropped while it lends takes its
//! value back). Of those of [`generator`](crate::raw::generator) it rests on 2 and 3 (a value may be
//! handed out for a shorter time than it is lent, and what it borrows stays).

use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::ptr;
use core::task::{Context, Poll};

use super::slot::{Address, Phase};
use crate::lends::{Lends, Lent};
use crate::outcome::{Outcome, View};
use crate::raw::carriers::HANDSHAKE;
use crate::raw::generator::Yielded;

/// What the code of an async generator awaits first.
#[doc(hidden)]
pub struct Handshake<L: ?Sized, X, V> {
    slot: Address,
    yields: Yields<L, X, V>,
}

type Yields<L, X, V> = PhantomData<fn(*const L) -> (*const L, X, V)>;

impl<L: ?Sized + Lends, X, V> Handshake<L, X, V> {
    /// One that does not know its slot yet.
    #[inline]
    pub(super) fn new() -> Self {
        Self {
            slot: Address(ptr::null()),
            yields: PhantomData,
        }
    }

    /// The type of the verdict; never called.
    #[must_use]
    pub fn verdict(&self) -> X {
        unreachable!()
    }
}

impl<L: ?Sized, X, V> Unpin for Handshake<L, X, V> {}

impl<L: ?Sized + Lends, X, V> Future for Handshake<L, X, V> {
    type Output = AsyncYielder<L, X, V>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.slot.0.is_null() {
            if let Some(slot) = HANDSHAKE.carried(context.waker()) {
                self.slot.0 = slot;
            }
            return Poll::Pending;
        }
        Poll::Ready(AsyncYielder {
            slot: Address(self.slot.0),
            yields: PhantomData,
        })
    }
}

/// What the code of an async generator yields with, a local of its frame.
#[doc(hidden)]
pub struct AsyncYielder<L: ?Sized, X, V> {
    slot: Address,
    yields: Yields<L, X, V>,
}

impl<L: ?Sized + Lends, X, V> AsyncYielder<L, X, V> {
    #[inline]
    pub fn lend<'f, 'v>(
        &'f mut self,
        yielded: Yielded<Lent<'v, L>>,
    ) -> AsyncLending<'f, 'v, L, X, V> {
        AsyncLending {
            value: Some(yielded.value),
            yielder: self,
        }
    }

    /// What the frame can ask, after its yield, how it was resumed.
    #[cfg(feature = "std")]
    pub(in crate::raw) fn resumed(&self) -> Resumed {
        Resumed(Address(self.slot.0))
    }
}

/// What a frame was resumed for.
#[cfg(feature = "std")]
pub(in crate::raw) enum To {
    Exit,
    Cancel,
    Dismiss,
}

/// How a frame was resumed at its yield.
#[cfg(feature = "std")]
pub(in crate::raw) struct Resumed(Address);

#[cfg(feature = "std")]
impl Resumed {
    /// # Safety
    /// Called by the frame that it was made in, while that is polled.
    pub(in crate::raw) unsafe fn to(&self) -> To {
        // SAFETY: the slot is beside the frame, as in `AsyncLending::poll`.
        match unsafe { &*self.0.0 }.phase.get() {
            Phase::Cancelling => To::Cancel,
            Phase::Dismissing => To::Dismiss,
            _ => To::Exit,
        }
    }

    /// Notes at its end that the error of the frame replaces the failure that it was told.
    ///
    /// # Safety
    /// As for `to`; and the frame awaits nothing any more.
    pub(in crate::raw) unsafe fn replaces(&self) {
        // SAFETY: as in `to`.
        unsafe { &*self.0.0 }.phase.set(Phase::Replacing);
    }
}

/// A yield.
#[doc(hidden)]
pub struct AsyncLending<'f, 'v, L: ?Sized + Lends, X, V> {
    value: Option<Lent<'v, L>>,
    yielder: &'f mut AsyncYielder<L, X, V>,
}

/// The value is moved, never pinned.
impl<L: ?Sized + Lends, X, V> Unpin for AsyncLending<'_, '_, L, X, V> {}

/// It is dropped in the poll in which it has lent if a panic unwinds there, which the frame may catch. Then it takes
/// its value back (invariant 4).
impl<'v, L: ?Sized + Lends, X, V> Drop for AsyncLending<'_, 'v, L, X, V> {
    #[inline]
    fn drop(&mut self) {
        if self.value.is_some() {
            return;
        }
        // SAFETY: the slot is beside this frame, which is being polled or dropped in place.
        let slot = unsafe { &*self.yielder.slot.0 };
        let channel = slot.channel.get().cast::<Option<Lent<'v, L>>>();
        if slot.phase.get() == Phase::Starting && !channel.is_null() {
            // SAFETY: while `Starting` it is the channel of the `Start` that is polling (invariant 2),
            // into which this lending has put a value of this type.
            self.value = unsafe { (*channel).take() };
        }
    }
}

impl<'f, 'v, L: ?Sized + Lends, X, V: View> Future for AsyncLending<'f, 'v, L, X, V> {
    type Output = Outcome<'f, V>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: the slot is beside this frame, which is being polled, so both are there (invariants
        // 1 and 3); no `&mut` to it exists meanwhile, since it is pinned in place.
        let slot = unsafe { &*self.yielder.slot.0 };
        let channel = slot.channel.get();
        if channel.is_null() {
            return Poll::Pending;
        }
        match slot.phase.get() {
            Phase::Starting => {
                let channel = channel.cast::<Option<Lent<'v, L>>>();
                if let Some(value) = self.value.take() {
                    // SAFETY: while `Starting` it is the channel of the `Start` that is polling
                    // (invariant 2). Its type is this one but for the lifetime, which `Start`
                    // shortens (invariants 2 and 3 of `generator`).
                    unsafe { *channel = Some(value) };
                }
                Poll::Pending
            }
            Phase::Finishing | Phase::Cancelling | Phase::Dismissing => {
                let channel = channel.cast::<Option<Outcome<'f, V>>>();
                // SAFETY: while `Finishing` it is the channel of the `Finish` that is polling
                // (invariant 2). Its type is this one but for the lifetime: the frame, and with it
                // `'f`, ends before the outcome does (invariant 5).
                match unsafe { (*channel).take() } {
                    Some(outcome) => Poll::Ready(outcome),
                    None => Poll::Pending,
                }
            }
            _ => Poll::Pending,
        }
    }
}
