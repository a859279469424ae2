//! The exit of a frame as a future that can be spawned.
//!
//! What is spawned has to be `Send` and `'static`. The two are checked in different places:
//! - `Send` where the frame is driven, since where it is made its manager is generic;
//! - `'static` where it is made: when the compiler checks whether the future of a block is `Send`, it has erased all
//!   lifetimes, also `'static`, and an impl with that bound does not apply (rust-lang/rust#110338).
//!
//! # Invariants
//! 1. An [`Exit`] is made by [`Exits::begin`] alone, and holds a future of `exiting`, of which that
//!    function has the compiler check that it is `Send`.

use alloc::boxed::Box;
use core::future::{Future, poll_fn};
use core::pin::Pin;
use core::task::{Context, Poll};

use super::AsyncGenerator;
use crate::async_generator::not_entered;
use crate::contextlib::Kept;
use crate::lends::Lends;
use crate::verdict::Verdict;

/// A frame that can be moved.
pub(crate) type Frame<L, F> = Pin<Box<AsyncGenerator<L, F>>>;

/// An exit, with all that it needs: it borrows nothing, and can be spawned.
pub(crate) struct Exit<V>(LocalExit<V>);

type LocalExit<V> = Pin<Box<dyn Future<Output = Ended<V>>>>;

/// What an exit has ended with.
pub(crate) struct Ended<V> {
    pub(crate) verdict: V,
    /// See [`exit_replaces`](crate::AsyncContextManager::exit_replaces).
    pub(crate) replaces: bool,
}

// SAFETY: the future in it is of a type that is `Send` (invariant 1).
unsafe impl<V> Send for Exit<V> {}

impl<V> Future for Exit<V> {
    type Output = Ended<V>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Ended<V>> {
        self.0.as_mut().poll(context)
    }
}

/// Begins the exits of frames of one type.
pub(crate) struct Exits<L: ?Sized, F: Future>(fn(Frame<L, F>, Kept) -> LocalExit<F::Output>);

impl<L, F> Exits<L, F>
where
    L: ?Sized + Lends + 'static,
    F: Future<Output: Verdict> + 'static,
{
    pub(crate) fn new() -> Self {
        Self(|frame, told| Box::pin(exiting(frame, told)))
    }
}

impl<L, F> Exits<L, F>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict> + Send,
{
    pub(crate) fn begin(&self, frame: Frame<L, F>, told: Kept) -> Exit<F::Output> {
        is_send(exiting::<L, F>);
        Exit(self.0(frame, told))
    }
}

async fn exiting<L, F>(mut frame: Frame<L, F>, told: Kept) -> Ended<F::Output>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
{
    let mut finish = frame.as_mut().finish(told.outcome());
    let verdict = poll_fn(|context| finish.poll(context)).await;
    Ended {
        verdict: verdict.unwrap_or_else(|| not_entered()),
        replaces: finish.replaces(),
    }
}

/// Has the compiler check that what a function returns is `Send`.
fn is_send<A, B, R: Send>(_: fn(A, B) -> R) {}
