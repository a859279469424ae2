//! Code that cannot be left in place: a macro call that may hide a leave, the body of `=> catch`.
//!
//! The macro puts such code into an `async` block that ends by storing its value in a [`Slot`]
//! and then never completes. A hidden `return` or `?` completes the block instead, with what the
//! function would have returned. So after a poll there are three cases: completed means a leave,
//! a full slot means the value, and neither means that the code is suspended at an await.

use core::cell::Cell;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

/// Where the value of captured code is put.
pub struct Slot<T>(Cell<Option<T>>);

impl<T> Slot<T> {
    #[inline]
    #[must_use]
    #[allow(clippy::new_without_default, reason = "only generated code makes one")]
    pub fn new() -> Self {
        Self(Cell::new(None))
    }

    #[inline]
    pub fn put(&self, value: T) {
        self.0.set(Some(value));
    }

    /// The value, if the code got to its end.
    #[inline]
    pub fn take(self) -> Option<T> {
        self.0.into_inner()
    }
}

/// Never completes: the end of captured code.
#[inline]
pub async fn ended() -> ! {
    core::future::pending().await
}

/// Runs captured code that does not await; `Some` is a leave.
#[inline]
pub fn run<F: Future>(code: Pin<&mut F>) -> Option<F::Output> {
    match code.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(left) => Some(left),
        Poll::Pending => None,
    }
}
