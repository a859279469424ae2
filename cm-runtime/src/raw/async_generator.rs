//! The frame of an async generator.
//!
//! The async twin of [`generator`](super::generator). Its future awaits things of its own, under the
//! `Context` of whoever polls it, so that no waker can carry the address of a channel. Instead the
//! frame knows the [`Slot`] beside it: it is told the address by a first poll of its own, the
//! handshake, whose private waker meets no code of the user's. In the slot stands the address of the
//! channel of the poll that is running. The yield is a [`AsyncLending`], which moves its value into
//! the channel at its first poll, and takes the outcome out of another one at its second.
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
//! 4. A [`AsyncLending`] that is dropped during the poll in which it has lent takes its value back out
//!    of the channel. So a full channel behind a pending poll says that the lending is still there,
//!    suspended, and with it what its value borrows.
//! 5. The frame does not outlive the outcome. [`Finish`] borrows both; when it is dropped half-way
//!    it drops the frame. Leaked half-way it leaves the phase `Finishing`: then the frame is neither
//!    polled nor dropped again, and since a pinned future may not be freed undropped either, to drop
//!    the generator ends the process.

use core::cell::Cell;
use core::future::Future;
use core::marker::{PhantomData, PhantomPinned};
use core::mem::ManuallyDrop;
use core::pin::Pin;
use core::ptr;
use core::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

use super::generator::{Family, Promise};
use crate::generator::Started;
use crate::lends::{Lends, Lent};
use crate::outcome::{Outcome, View};
use crate::verdict::Verdict;

/// An async manager that `#[context_manager]` made of an `async fn`.
#[must_use = "a manager does nothing until it is entered: `with! { async manager => { .. } }`"]
pub struct AsyncGenerator<L: ?Sized, F> {
    future: ManuallyDrop<F>,
    slot: Slot,
    family: Family<L>,
    _pinned: PhantomPinned,
}

/// Never `Unpin`: said once, as of a [`Generator`](super::Generator).
impl<L: ?Sized, F> Unpin for AsyncGenerator<L, F> where for<'a> (PhantomPinned, &'a ()): Unpin {}

/// What a generator and its frame both know.
struct Slot {
    phase: Cell<Phase>,
    channel: Cell<*mut ()>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Fresh,
    Starting,
    Lent,
    Finishing,
    /// As `Finishing`, for one poll.
    Cancelling,
    /// As `Cancelling`, of a manager that is not to exit.
    #[cfg_attr(not(feature = "std"), allow(dead_code, reason = "for stacks"))]
    Dismissing,
    /// At the end of `Finishing`: the frame has noted that its manager's error replaces the failure
    /// that exit was told.
    #[cfg_attr(not(feature = "std"), allow(dead_code, reason = "for stacks"))]
    Replacing,
    Gone,
}

// SAFETY: the channel is an address that is there only during a poll, and a poll stays on one thread
// (invariants 1 and 2).
unsafe impl Send for Slot {}

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
            future: ManuallyDrop::new(code(Handshake {
                slot: Address(ptr::null()),
                yields: PhantomData,
            })),
            slot: Slot {
                phase: Cell::new(Phase::Fresh),
                channel: Cell::new(ptr::null_mut()),
            },
            family: PhantomData,
            _pinned: PhantomPinned,
        }
    }

    #[inline]
    pub(crate) fn start(self: Pin<&mut Self>) -> Start<'_, L, F> {
        Start {
            generator: Some(self),
            has_begun: false,
        }
    }

    #[inline]
    pub(crate) fn finish<'s, 'o>(
        self: Pin<&'s mut Self>,
        outcome: Outcome<'o, <F::Output as Verdict>::View>,
    ) -> Finish<'s, 'o, L, F> {
        Finish {
            generator: Some(self),
            outcome: Some(outcome),
            phase: Phase::Finishing,
            has_begun: false,
            replaces: false,
        }
    }

    /// The first poll, which tells the frame where its slot is.
    #[inline]
    fn shake_hands(self: Pin<&mut Self>) {
        let slot = (&raw const self.slot).cast();
        // SAFETY: the functions of the vtable do not touch the data, and may be called on any thread.
        // To drop it does nothing, but would be a call.
        let waker = ManuallyDrop::new(unsafe { Waker::new(slot, &HANDSHAKE) });
        let polled = self.poll(&mut Context::from_waker(&waker), ptr::null_mut());
        debug_assert!(polled.is_pending(), "it waits for the handshake");
    }

    /// `channel` is what the phase says, and is not used otherwise meanwhile.
    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>, channel: *mut ()) -> Poll<F::Output> {
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
    /// Drops the future, once. Not in the phase `Finishing`, unless by who has set it.
    #[cold]
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

/// The poll of a generator up to its yield.
pub(crate) struct Start<'s, L: ?Sized, F> {
    /// Until it has lent or ended.
    generator: Option<Pin<&'s mut AsyncGenerator<L, F>>>,
    has_begun: bool,
}

impl<'s, L, F> Start<'s, L, F>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
{
    pub(crate) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Started<Lent<'s, L>, F::Output>> {
        let Some(generator) = &mut self.generator else {
            return Poll::Ready(Started::Again);
        };
        if !self.has_begun {
            if generator.slot.phase.get() != Phase::Fresh {
                self.generator = None;
                return Poll::Ready(Started::Again);
            }
            self.has_begun = true;
            generator.slot.phase.set(Phase::Starting);
            generator.as_mut().shake_hands();
        }
        // Not dropped here: should the frame end although it has lent, it borrows what is gone.
        let mut value = ManuallyDrop::new(None::<Lent<'s, L>>);
        let polled = generator.as_mut().poll(context, (&raw mut value).cast());
        let phase = &generator.slot.phase;
        let started = match polled {
            Poll::Ready(ended) => {
                phase.set(Phase::Gone);
                Started::Ended(ended)
            }
            Poll::Pending => match ManuallyDrop::into_inner(value) {
                Some(value) => {
                    phase.set(Phase::Lent);
                    Started::Lent(value)
                }
                None => return Poll::Pending,
            },
        };
        self.generator = None;
        Poll::Ready(started)
    }
}

impl<L: ?Sized, F> Drop for Start<'_, L, F> {
    fn drop(&mut self) {
        if let (Some(generator), true) = (&mut self.generator, self.has_begun) {
            generator.as_mut().discard();
        }
    }
}

/// The poll of a generator from its yield to its end.
pub(crate) struct Finish<'s, 'o, L: ?Sized, F: Future<Output: Verdict>> {
    /// Until it has ended.
    generator: Option<Pin<&'s mut AsyncGenerator<L, F>>>,
    outcome: Option<Outcome<'o, <F::Output as Verdict>::View>>,
    /// What its polls are.
    phase: Phase,
    has_begun: bool,
    replaces: bool,
}

impl<L, F> Finish<'_, '_, L, F>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
{
    /// `None`: it is not at its yield.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<F::Output>> {
        let Some(generator) = &mut self.generator else {
            return Poll::Ready(None);
        };
        if !self.has_begun {
            if generator.slot.phase.get() != Phase::Lent {
                self.generator = None;
                return Poll::Ready(None);
            }
            self.has_begun = true;
            generator.slot.phase.set(self.phase);
        }
        let channel = (&raw mut self.outcome).cast();
        match generator.as_mut().poll(context, channel) {
            Poll::Ready(ended) => {
                let phase = generator.slot.phase.replace(Phase::Gone);
                self.replaces = phase == Phase::Replacing;
                self.generator = None;
                Poll::Ready(Some(ended))
            }
            Poll::Pending => Poll::Pending,
        }
    }

    /// When it has ended: whether its error replaces the failure that it was told.
    #[cfg(feature = "std")]
    pub(crate) fn replaces(&self) -> bool {
        self.replaces
    }
}

impl<L: ?Sized, F: Future<Output: Verdict>> Drop for Finish<'_, '_, L, F> {
    fn drop(&mut self) {
        if let (Some(generator), true) = (&mut self.generator, self.has_begun) {
            generator.as_mut().discard();
        }
    }
}

impl<L, F> AsyncGenerator<L, F>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
{
    /// Its exit cannot be awaited: at its yield it is resumed for one poll, before it not at all;
    /// then it is dropped.
    pub(crate) fn cancel(
        self: Pin<&mut Self>,
        outcome: Outcome<'_, <F::Output as Verdict>::View>,
    ) -> Option<F::Output> {
        match self.slot.phase.get() {
            Phase::Fresh | Phase::Starting => self.discard(),
            Phase::Lent => {
                return self.resume_once(outcome, Phase::Cancelling);
            }
            Phase::Finishing
            | Phase::Cancelling
            | Phase::Dismissing
            | Phase::Replacing
            | Phase::Gone => {}
        }
        None
    }

    /// Drops the manager in a frame that has lent, without an exit.
    #[cfg(feature = "std")]
    pub(crate) fn dismiss(self: Pin<&mut Self>) {
        if self.slot.phase.get() == Phase::Lent {
            self.resume_once(Outcome::Cancelled, Phase::Dismissing);
        }
    }

    fn resume_once(
        self: Pin<&mut Self>,
        outcome: Outcome<'_, <F::Output as Verdict>::View>,
        phase: Phase,
    ) -> Option<F::Output> {
        let mut finish = self.finish(outcome);
        finish.phase = phase;
        match finish.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(ended) => ended,
            Poll::Pending => None,
        }
    }
}

/// Where a frame's slot is.
struct Address(*const Slot);

// SAFETY: a frame goes from thread to thread together with its slot (invariant 1).
unsafe impl Send for Address {}

/// What the code of an async generator awaits first.
#[doc(hidden)]
pub struct Handshake<L: ?Sized, X, V> {
    slot: Address,
    yields: Yields<L, X, V>,
}

type Yields<L, X, V> = PhantomData<fn(*const L) -> (*const L, X, V)>;

impl<L: ?Sized + Lends, X, V> Handshake<L, X, V> {
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
            let waker = context.waker();
            if ptr::eq(waker.vtable(), &raw const HANDSHAKE) {
                self.slot.0 = waker.data().cast();
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
    pub fn lend<'f, 'v>(&'f mut self, value: Lent<'v, L>) -> AsyncLending<'f, 'v, L, X, V> {
        AsyncLending {
            value: Some(value),
            yielder: self,
        }
    }

    /// For the question how the yield was resumed.
    #[cfg(feature = "std")]
    pub(super) fn resumed(&self) -> Resumed {
        Resumed(Address(self.slot.0))
    }
}

/// What a frame was resumed for.
#[cfg(feature = "std")]
pub(super) enum To {
    Exit,
    Cancel,
    Dismiss,
}

/// How a frame was resumed at its yield.
#[cfg(feature = "std")]
pub(super) struct Resumed(Address);

#[cfg(feature = "std")]
impl Resumed {
    /// # Safety
    /// Called by the frame that it was made in, while that is polled.
    pub(super) unsafe fn to(&self) -> To {
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
    pub(super) unsafe fn replaces(&self) {
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

/// It goes in the poll in which it has lent if something unwinds there, and the frame catches that.
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

static HANDSHAKE: RawWakerVTable = IDLE;
static CLONED: RawWakerVTable = IDLE;

/// Wakes nothing; clones carry no address.
const IDLE: RawWakerVTable =
    RawWakerVTable::new(|_| RawWaker::new(ptr::null(), &CLONED), drop, drop, drop);
