//! How a scope was left, when the generated code did not see it leave.
//!
//! `std::thread::panicking()` alone does not tell: it is true as well for a block that runs in a
//! destructor while some other panic unwinds. So the macro says what can happen in the body, and
//! the question is only asked where its answer is needed.

use core::future::Future;
use core::pin::Pin;
use core::sync::atomic::{AtomicU8, Ordering};
use core::task::{Context, Poll};

use crate::outcome::{Failure, Outcome, Panic, View};

/// What can have happened to a scope that is dropped while it is armed.
pub trait Unseen: Copy {
    fn outcome<V: View>(&self) -> Outcome<'static, V>;
}

/// All leaves of the body were seen, and it does not await: it panicked.
#[derive(Clone, Copy)]
pub struct OnlyPanics;

impl Unseen for OnlyPanics {
    fn outcome<V: View>(&self) -> Outcome<'static, V> {
        Outcome::Panicked(Panic::uncaught())
    }
}

/// A foreign macro in the body may have hidden a leave.
#[derive(Clone, Copy)]
pub struct HidesLeaves {
    /// A panic that was unwinding before the body began is not the body's.
    unwinding: bool,
}

impl HidesLeaves {
    #[inline]
    #[allow(
        clippy::new_without_default,
        reason = "it reads the state of the thread"
    )]
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
}

const RUNNING: u8 = 0;
const SUSPENDED: u8 = 1;
const IN_MACRO: u8 = 2;

/// Whether the function is suspended at one of the awaits of a body. It is atomic only so that a
/// future with a reference to it is `Send`; one thread at a time uses it.
pub struct Watch {
    state: AtomicU8,
}

impl Watch {
    #[inline]
    pub fn new() -> Self {
        Self {
            state: AtomicU8::new(RUNNING),
        }
    }

    #[inline]
    pub fn over<'w, F: Future>(&'w self, future: Pin<&'w mut F>) -> Watched<'w, F> {
        Watched {
            watch: self,
            future,
        }
    }

    /// Before a foreign macro call that may await.
    #[inline]
    pub fn enter_macro(&self) {
        self.state.store(IN_MACRO, Ordering::Relaxed);
    }

    /// After it.
    #[inline]
    pub fn leave_macro(&self) {
        self.state.store(RUNNING, Ordering::Relaxed);
    }
}

/// An awaited future that notes when it leaves the function suspended.
pub struct Watched<'w, F> {
    watch: &'w Watch,
    future: Pin<&'w mut F>,
}

impl<F: Future> Future for Watched<'_, F> {
    type Output = F::Output;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.watch.state.store(RUNNING, Ordering::Relaxed);
        let poll = self.future.as_mut().poll(context);
        if poll.is_pending() {
            self.watch.state.store(SUSPENDED, Ordering::Relaxed);
        }
        poll
    }
}
