//! The frame of a generator.
//!
//! `#[context_manager]` turns a function into a future that is suspended once, at its yield. A
//! [`Generator`] holds that future in place, unboxed, and drives it: [`start`](Generator::start)
//! polls it up to the yield and takes what it lends, [`finish`](Generator::finish) hands in the
//! outcome and polls it to its end. Nothing else polls it.
//!
//! What is lent and the outcome go through a channel in the stack frame of `start` or `finish`, whose
//! address travels as the data of the waker of that one poll (see [`carriers`](super::carriers)). The
//! yield is a [`Lending`]. It finds the channel in the waker, moves the value in at its first poll, and
//! takes the outcome out at its second.
//!
//! # Invariants
//! 1. Only generated code makes a [`Promise`], by a path to this crate. (That the path in `crate = path`
//!    leads here is trusted.) It promises one textual yield, outside of loops,
//!    closures, and nested futures, awaited in the generator's own future, or in a driver there
//!    that hands the `Context` on unchanged. So a `Lending` is polled with its own generator's
//!    channel, once in `start` and once in `finish`.
//! 2. The family `L` is one type variable, which ties generator, yielder and the proof that the
//!    family is covariant. So a value that is lent for the longer lifetime of the suspension may
//!    be handed out for the shorter one of the borrow, and never for a longer one. The proof is a
//!    closure, and as good as the compiler's check of one (rust-lang/rust#25860).
//! 3. A `Lending` lives on both sides of the suspension, and so does what its value borrows. The
//!    value that is handed out borrows the pinned generator, so that it is neither resumed nor
//!    dropped meanwhile.
//! 4. A value exists once: it is moved through the channel, never copied.
//! 5. A channel is used through its address only during its one poll, and directly only after it. What
//!    it hands over is moved by its frame alone; its flag is atomic, since [`take_back`] can be called
//!    on several threads at once (6).
//! 6. Other futures meet the waker that carries an address where a macro hides an await. They can
//!    share it with threads, but for that poll only: its clones carry no address. With another waker
//!    a `Lending` stays pending.
//! 7. The outcome that a yield gives borrows the yielder, a local of the generator's frame: it
//!    cannot be put where it outlives the frame.
//! 8. The frame does not outlive the outcome: `finish` returns when the future is complete, or
//!    drops it in place.
//! 9. Each entry checks the phase. The future is dropped once: in its phase `Gone` it is complete
//!    or dropped already.
//! 10. Between the hand-over and the end of the poll no user code runs that could unwind; and what
//!     catches a panic in a frame calls [`take_back`], so that nothing is handed out if it was thrown
//!     there nevertheless. So behind a value that is handed out its `Lending` is suspended still, and
//!     what the value borrows is there.

use core::future::Future;
use core::marker::{PhantomData, PhantomPinned};
use core::mem::ManuallyDrop;
use core::pin::Pin;
use core::sync::atomic::AtomicBool;
#[cfg(feature = "std")]
use core::sync::atomic::Ordering;
use core::task::{Context, Poll};

use super::carriers::{Carrier, FINISHING, STARTING};
use crate::generator::Started;
use crate::lends::{Lends, Lent};
use crate::outcome::{Outcome, View};
use crate::verdict::Verdict;

/// A promise of generated code: see the invariants above.
pub struct Promise(());

impl Promise {
    /// # Safety
    /// The code that is given to [`Generator::new`] together with this has one textual use of its
    /// yielder, outside of loops, closures and nested futures, and awaits what `lend` returns there
    /// and then, under the `Context` with which the generator is polled.
    #[inline]
    #[must_use]
    pub const unsafe fn new() -> Self {
        Self(())
    }
}

/// The manager that a function with [`#[context_manager]`](macro@crate::context_manager) returns.
///
/// It is not [`Unpin`]: [`with!`](crate::with!) pins it on the stack, `Box::pin` on the heap, where it can be moved.
/// Entered a second time, through such a pin, it panics. It is [`Send`] when everything that the function holds at its
/// yield is.
///
/// # In a signature
/// `L` is the [family](crate::Lend) of what it lends. `F` is the body of the function, as a future; its output is the
/// verdict, which is the function's return type. So the type can be named:
/// `Generator<Mut<File>, impl Future<Output = io::Result<()>>>`.
///
/// ```
/// use std::future::Future;
/// use cm_runtime::{Generator, Mut, context_manager, with};
///
/// #[context_manager(yields = &mut Vec<u8>)]
/// fn bytes() {
///     let mut bytes = vec![1];
///     yield_!(&mut bytes);
/// }
///
/// fn named() -> Generator<Mut<Vec<u8>>, impl Future<Output = ()>> {
///     bytes()
/// }
/// assert_eq!(with! { named() as bytes => { bytes.len() } }, 1);
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct Generator<L: ?Sized, F> {
    future: ManuallyDrop<F>,
    phase: Phase,
    family: Family<L>,
    _pinned: PhantomPinned,
}

/// Never `Unpin`. The impl is there so that the compiler reports one error, and not one for each field. Its bound never
/// holds; with the lifetime the compiler does not see that, else it would refuse the impl.
impl<L: ?Sized, F> Unpin for Generator<L, F> where for<'a> (PhantomPinned, &'a ()): Unpin {}

/// A marker that is invariant in `L`, and has all auto traits whatever `L` is.
pub(super) type Family<L> = PhantomData<fn(*const L) -> *const L>;

/// The channel of `start`. `repr(C)`, since [`take_back`] knows its address, but not its type: the flag comes first.
#[repr(C)]
struct Starting<T> {
    /// The value must not be handed out: what it borrows may be gone.
    is_taken_back: AtomicBool,
    /// Not dropped if it is not handed out: if the frame has ended although it has lent, what the value borrows is
    /// gone.
    value: Option<ManuallyDrop<T>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Fresh,
    Lent,
    Gone,
}

impl<L, F> Generator<L, F>
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
        code: impl FnOnce(Yielder<L, X, X::View>) -> F,
    ) -> Self
    where
        X: Verdict,
        F: Future<Output = X>,
    {
        Self {
            future: ManuallyDrop::new(code(Yielder(PhantomData, PhantomData))),
            phase: Phase::Fresh,
            family: PhantomData,
            _pinned: PhantomPinned,
        }
    }

    #[inline]
    pub(crate) fn start<'s>(self: Pin<&'s mut Self>) -> Started<Lent<'s, L>, F::Output> {
        // SAFETY: `this.future` is not moved: `poll` pins it again, `discard` drops it in place.
        let this = unsafe { self.get_unchecked_mut() };
        if this.phase != Phase::Fresh {
            return Started::Again;
        }
        let mut channel = Starting::<Lent<'s, L>> {
            is_taken_back: AtomicBool::new(false),
            value: None,
        };
        match this.poll((&raw mut channel).cast(), &STARTING) {
            Poll::Ready(ended) => {
                this.phase = Phase::Gone;
                Started::Ended(ended)
            }
            Poll::Pending => match channel.value {
                Some(value) if !channel.is_taken_back.into_inner() => {
                    this.phase = Phase::Lent;
                    Started::Lent(ManuallyDrop::into_inner(value))
                }
                _ => {
                    this.discard();
                    Started::Suspended
                }
            },
        }
    }

    /// `None`: it is suspended at something else than its yield, and has been dropped; or it is not
    /// at its yield at all.
    #[inline]
    pub(crate) fn finish(
        self: Pin<&mut Self>,
        outcome: Outcome<'_, <F::Output as Verdict>::View>,
    ) -> Option<F::Output> {
        // SAFETY: as in `start`.
        let this = unsafe { self.get_unchecked_mut() };
        if this.phase != Phase::Lent {
            return None;
        }
        let mut outcome = Some(outcome);
        match this.poll((&raw mut outcome).cast(), &FINISHING) {
            Poll::Ready(ended) => {
                this.phase = Phase::Gone;
                Some(ended)
            }
            Poll::Pending => {
                this.discard();
                None
            }
        }
    }

    #[inline]
    pub(crate) fn is_at_its_yield(self: Pin<&mut Self>) -> bool {
        // SAFETY: nothing is moved.
        unsafe { self.get_unchecked_mut() }.phase == Phase::Lent
    }

    #[inline]
    fn poll(&mut self, channel: *mut (), carrier: &'static Carrier) -> Poll<F::Output> {
        let waker = carrier.carrying(channel);
        // SAFETY: `start` and `finish` got `self` pinned, and `self.future` stays where it is until
        // it is dropped.
        let future = unsafe { Pin::new_unchecked(&mut *self.future) };
        future.poll(&mut Context::from_waker(&waker))
    }
}

impl<L: ?Sized, F> Generator<L, F> {
    /// Drops the future, once.
    #[cold]
    fn discard(&mut self) {
        self.phase = Phase::Gone;
        // SAFETY: the phase was not `Gone` (`start`, `finish` and `drop` have looked), so the future
        // has not been dropped; it is now `Gone`, so that it is not dropped again, even if this
        // panics. It is dropped in place.
        unsafe { ManuallyDrop::drop(&mut self.future) }
    }
}

impl<L: ?Sized, F> Drop for Generator<L, F> {
    #[inline]
    fn drop(&mut self) {
        if self.phase != Phase::Gone {
            self.discard();
        }
    }
}

/// The argument of a yield. Of a field that does not fit the compiler shows the field alone, and no function of this module.
#[doc(hidden)]
pub struct Yielded<T> {
    pub value: T,
}

/// What the code of a generator yields with, a local of its frame.
#[doc(hidden)]
pub struct Yielder<L: ?Sized, X, V>(Family<L>, PhantomData<fn() -> (X, V)>);

impl<L: ?Sized + Lends, X, V> Yielder<L, X, V> {
    #[inline]
    pub fn lend<'f, 'v>(&'f mut self, yielded: Yielded<Lent<'v, L>>) -> Lending<'f, 'v, L, V> {
        Lending {
            value: Some(yielded.value),
            yielder: PhantomData,
        }
    }

    /// The type of the verdict; never called.
    #[must_use]
    pub fn verdict(&self) -> X {
        unreachable!()
    }
}

/// A yield.
#[doc(hidden)]
pub struct Lending<'f, 'v, L: ?Sized + Lends, V> {
    value: Option<Lent<'v, L>>,
    yielder: PhantomData<&'f mut Yielder<L, (), V>>,
}

/// The value is moved, never pinned.
impl<L: ?Sized + Lends, V> Unpin for Lending<'_, '_, L, V> {}

impl<'f, 'v, L: ?Sized + Lends, V: View> Future for Lending<'f, 'v, L, V> {
    type Output = Outcome<'f, V>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let waker = context.waker();
        if let Some(channel) = STARTING.carried::<Starting<Lent<'v, L>>>(waker) {
            let filled = Starting {
                is_taken_back: AtomicBool::new(false),
                value: self.value.take().map(ManuallyDrop::new),
            };
            // SAFETY: a waker of this carrier has the address of the channel of the `start` that is
            // polling (invariants 1 and 6), which does not use it meanwhile (5). Its type is this one
            // but for the lifetime, which `start` shortens (2 and 3).
            unsafe { *channel = filled };
        } else if let Some(channel) = FINISHING.carried::<Option<Outcome<'f, V>>>(waker) {
            // SAFETY: the same for `finish` (invariants 1, 5 and 6). Its type is this one but for the
            // lifetime: the frame, and with it `'f`, ends before the outcome does (7 and 8).
            if let Some(outcome) = unsafe { (*channel).take() } {
                return Poll::Ready(outcome);
            }
        }
        Poll::Pending
    }
}

/// For what has caught a panic of a part of a frame, polled with this: if that part has lent in this
/// poll, its value is not to be handed out.
#[cfg(feature = "std")]
pub(crate) fn take_back(context: &Context<'_>) {
    if let Some(flag) = STARTING.carried::<AtomicBool>(context.waker()) {
        // SAFETY: a waker of this carrier has the address of the channel of the `start` that is
        // polling, which does not use it meanwhile, nor does its frame, if this is another thread
        // (invariants 5 and 6). Whatever is lent, the flag comes first there.
        let is_taken_back = unsafe { &*flag };
        is_taken_back.store(true, Ordering::Relaxed);
    }
}
