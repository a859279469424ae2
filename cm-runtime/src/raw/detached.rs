//! The exit of a frame, to be spawned.
//!
//! What is spawned is `Send` and `'static`. That a frame is `Send` is known only where it is driven, and
//! that it is `'static` only where it is made: while the compiler looks into a future for whether that is
//! `Send`, it forgets which lifetimes are `'static`, and finds no impl that asks for it
//! (rust-lang/rust#110338). So each is asked for in its place.
//!
//! # Invariants
//! 1. The function in an [`Exits`] boxes the future of `exiting`, for the same `L` and `F`.
//! 2. That future is `Send` if `F` is, as `begin` has the compiler check.

use alloc::boxed::Box;
use core::future::Future;
use core::pin::Pin;

use super::AsyncGenerator;
use crate::async_manager::AsyncManager as _;
use crate::contextlib::Kept;
use crate::lends::Lends;
use crate::verdict::Verdict;

/// A frame that can be moved.
pub(crate) type Frame<L, F> = Pin<Box<AsyncGenerator<L, F>>>;

/// An exit, with all that it needs.
pub(crate) type Exit<V> = Pin<Box<dyn Future<Output = V> + Send>>;

type LocalExit<V> = Pin<Box<dyn Future<Output = V>>>;

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
        fn is_send<A, B, T: Send>(_: fn(A, B) -> T) {}
        is_send(exiting::<L, F>);
        let exit = (self.0)(frame, told);
        // SAFETY: it is the future of `exiting` (invariant 1), and that is `Send` (2). In nothing else do
        // the types differ.
        unsafe { core::mem::transmute::<LocalExit<F::Output>, Exit<F::Output>>(exit) }
    }
}

async fn exiting<L, F>(mut frame: Frame<L, F>, told: Kept) -> F::Output
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
{
    frame.as_mut().drive_exit(told.outcome()).await
}
