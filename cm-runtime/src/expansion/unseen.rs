//! How a scope was left, when the generated code did not see it leave.
//!
//! `std::thread::panicking()` alone does not tell: it is true as well for a block that runs in a
//! destructor while some other panic unwinds. So the macro says what can happen in the body, and
//! `panicking` is called only where that leaves a choice.

use core::future::Future;
use core::pin::Pin;
use core::sync::atomic::{AtomicU8, Ordering};
use core::task::{Context, Poll};

use crate::outcome::{Failure, Outcome, Panic, View};
use crate::raw::{OfBody, OfEnter, OfExit, Watched};

/// What can have happened to a scope that is dropped while it is armed.
pub trait Unseen: Copy {
    fn outcome<V: View>(&self) -> Outcome<'static, V>;

    /// A span has been entered, to be left while the function is suspended.
    #[cfg(feature = "tracing")]
    fn entered_span(&self, _: tracing::Span) {}

    /// The block that has entered the newest span exits.
    #[cfg(feature = "tracing")]
    fn leaves_span(&self) {}

    /// Whether it was the enter or exit of the scope itself that failed or panicked. The innermost scope asks first, and
    /// the answer resets the state: for the scopes further out it is `false`.
    fn take_managers_own(&self) -> bool {
        false
    }
}

/// The macro sees all leaves of the body, which does not await: so the body has panicked.
///
/// Unless no panic is unwinding. Then the macro was wrong, since it goes by names: another macro has the name of one of
/// std's and hides a leave, or a macro's label has the name of the user's.
#[derive(Clone, Copy)]
pub struct OnlyPanics;

impl Unseen for OnlyPanics {
    fn outcome<V: View>(&self) -> Outcome<'static, V> {
        if cfg!(feature = "std") && !unwinding() {
            Outcome::Failed(Failure::opaque())
        } else {
            Outcome::Panicked(Panic::uncaught())
        }
    }
}

/// A foreign macro in the body may have hidden a leave.
#[derive(Clone, Copy)]
pub struct HidesLeaves {
    /// Whether a panic was unwinding before the body began. That one is not the body's.
    unwinding: bool,
}

impl HidesLeaves {
    #[inline]
    pub fn new() -> Self {
        Self {
            unwinding: unwinding(),
        }
    }
}

impl Unseen for HidesLeaves {
    fn outcome<V: View>(&self) -> Outcome<'static, V> {
        if unwinding() && !self.unwinding {
            Outcome::Panicked(Panic::uncaught())
        } else {
            Outcome::Failed(Failure::opaque())
        }
    }
}

#[cfg(feature = "std")]
#[inline]
fn unwinding() -> bool {
    std::thread::panicking()
}

#[cfg(not(feature = "std"))]
#[inline]
fn unwinding() -> bool {
    false
}

/// The body awaits: it may have been dropped while it was suspended.
#[derive(Clone, Copy)]
pub struct Awaits<'w, W> {
    watch: &'w Watch,
    otherwise: W,
}

impl<'w, W> Awaits<'w, W> {
    #[inline]
    pub fn new(watch: &'w Watch, otherwise: W) -> Self {
        Self { watch, otherwise }
    }
}

impl<W: Unseen> Unseen for Awaits<'_, W> {
    fn outcome<V: View>(&self) -> Outcome<'static, V> {
        match self.watch.state.load(Ordering::Relaxed) {
            SUSPENDED => Outcome::Cancelled,
            IN_MACRO if !unwinding() => Outcome::Cancelled,
            IN_MACRO => Outcome::Panicked(Panic::uncaught()),
            _ => self.otherwise.outcome(),
        }
    }

    #[cfg(feature = "tracing")]
    fn entered_span(&self, span: tracing::Span) {
        self.watch.spans.push(span);
    }

    #[cfg(feature = "tracing")]
    fn leaves_span(&self) {
        self.watch.spans.pop();
    }

    fn take_managers_own(&self) -> bool {
        let state = &self.watch.state;
        let is_its_own = state.load(Ordering::Relaxed) == IN_MANAGER;
        if is_its_own {
            state.store(RUNNING, Ordering::Relaxed);
        }
        is_its_own
    }
}

const RUNNING: u8 = 0;
const SUSPENDED: u8 = 1;
const IN_MACRO: u8 = 2;
const IN_MANAGER: u8 = 3;

/// Notes whether the function is suspended, and whether it runs a macro or a manager. The state is atomic only so that
/// a future with a reference to it is `Send`; one thread at a time uses it.
pub struct Watch {
    state: AtomicU8,
    #[cfg(feature = "tracing")]
    spans: super::spans::Spans,
}

impl Watch {
    #[inline]
    pub fn new() -> Self {
        Self {
            state: AtomicU8::new(RUNNING),
            #[cfg(feature = "tracing")]
            spans: super::spans::Spans::new(),
        }
    }

    /// What a body awaits.
    #[inline]
    pub fn over<F: Future>(&self, future: F) -> Watched<'_, F, OfBody> {
        Watched::new(self, future)
    }

    /// The enter of an async manager.
    #[inline]
    pub fn over_enter<F: Future>(&self, future: F) -> Watched<'_, F, OfEnter> {
        Watched::new(self, future)
    }

    /// The exit of an async manager.
    #[inline]
    pub fn over_exit<F: Future>(&self, future: F) -> Watched<'_, F, OfExit> {
        Watched::new(self, future)
    }

    /// Before a foreign macro call that may await.
    #[inline]
    pub fn enter_macro(&self) {
        self.state.store(IN_MACRO, Ordering::Relaxed);
        #[cfg(feature = "tracing")]
        self.spans.suspend(core::ptr::from_ref(self).addr());
    }

    /// After it.
    #[inline]
    pub fn leave_macro(&self) {
        self.state.store(RUNNING, Ordering::Relaxed);
        #[cfg(feature = "tracing")]
        self.spans.resume(core::ptr::from_ref(self).addr());
    }
}

/// The states to note for an await with the output `T`: while its future is polled, and after that is ready.
pub trait Note<T> {
    const WHILE_POLLED: u8;
    fn after(output: &T) -> u8;
}

impl<T> Note<T> for OfBody {
    const WHILE_POLLED: u8 = RUNNING;
    #[inline]
    fn after(_: &T) -> u8 {
        RUNNING
    }
}

impl<T, E> Note<Result<T, E>> for OfEnter {
    const WHILE_POLLED: u8 = IN_MANAGER;
    #[inline]
    fn after(output: &Result<T, E>) -> u8 {
        if output.is_ok() { RUNNING } else { IN_MANAGER }
    }
}

impl<T> Note<T> for OfExit {
    const WHILE_POLLED: u8 = IN_MANAGER;
    #[inline]
    fn after(_: &T) -> u8 {
        RUNNING
    }
}

impl<F: Future, N: Note<F::Output>> Future for Watched<'_, F, N> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let (watch, place, future) = self.parts();
        #[cfg(not(feature = "tracing"))]
        let _ = place;
        #[cfg(feature = "tracing")]
        {
            // Its panic is that of a subscriber, and not the manager's own.
            watch.state.store(RUNNING, Ordering::Relaxed);
            watch.spans.resume(place);
        }
        watch.state.store(N::WHILE_POLLED, Ordering::Relaxed);
        let poll = future.poll(context);
        #[cfg(feature = "tracing")]
        if poll.is_pending() {
            // This does not panic: the future may have lent a value, and must not be dropped now.
            watch.spans.suspend(place);
        }
        let after = match &poll {
            Poll::Ready(output) => N::after(output),
            Poll::Pending => SUSPENDED,
        };
        if after != N::WHILE_POLLED {
            watch.state.store(after, Ordering::Relaxed);
        }
        poll
    }
}
