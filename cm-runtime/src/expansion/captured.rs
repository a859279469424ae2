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
pub trait Put<T> {
    fn put(&self, value: T);
}

/// The slot of code that does not await.
pub struct Slot<T>(Cell<Option<T>>);

impl<T> Slot<T> {
    #[inline]
    pub fn new() -> Self {
        Self(Cell::new(None))
    }

    /// The value.
    ///
    /// # Panics
    /// If the code did not get to its end: it awaited, where nothing drives it.
    #[inline]
    #[track_caller]
    pub fn end(self) -> T {
        match self.0.into_inner() {
            Some(value) => value,
            None => suspended(),
        }
    }

    /// Behind a macro that always leaves.
    ///
    /// # Panics
    /// If it went on, or awaited.
    #[cold]
    #[track_caller]
    pub fn left(self) -> ! {
        match self.0.into_inner() {
            Some(_) => went_on(),
            None => suspended(),
        }
    }
}

impl<T> Put<T> for Slot<T> {
    #[inline]
    fn put(&self, value: T) {
        self.0.set(Some(value));
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn suspended() -> ! {
    panic!(
        "a macro in the body of this `with!` awaits without showing it: write `=> async` before \
         the body, in an async function"
    )
}

#[cold]
#[inline(never)]
#[track_caller]
fn went_on() -> ! {
    panic!(
        "a `bail!` in the body of this `with!` did not leave, as macros of this name do: give it \
         another name"
    )
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

#[cfg(feature = "std")]
pub use with_std::{SharedSlot, catch_drive, catch_run, drive, resume};

#[cfg(feature = "std")]
mod with_std {
    use core::any::Any;
    use core::future::{Future, poll_fn};
    use core::pin::Pin;
    use core::task::Poll;
    use std::boxed::Box;
    pub use std::panic::resume_unwind as resume;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::{Mutex, PoisonError};

    use super::{Put, run, suspended, went_on};

    type Payload = Box<dyn Any + Send>;

    /// The slot of code that awaits: futures with a reference to it stay `Send`.
    pub struct SharedSlot<T>(Mutex<Option<T>>);

    impl<T> SharedSlot<T> {
        #[inline]
        pub fn new() -> Self {
            Self(Mutex::new(None))
        }

        fn is_full(&self) -> bool {
            self.0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .is_some()
        }

        /// The value.
        ///
        /// # Panics
        /// If the code did not get to its end, which [`drive`] excludes.
        #[inline]
        #[track_caller]
        pub fn end(self) -> T {
            match self.0.into_inner().unwrap_or_else(PoisonError::into_inner) {
                Some(value) => value,
                None => suspended(),
            }
        }

        /// Behind a macro that always leaves.
        ///
        /// # Panics
        /// If it went on.
        #[cold]
        #[track_caller]
        pub fn left(self) -> ! {
            went_on()
        }
    }

    impl<T> Put<T> for SharedSlot<T> {
        fn put(&self, value: T) {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
        }
    }

    /// Awaits captured code; `Some` is a leave.
    pub async fn drive<F: Future, T>(
        slot: &SharedSlot<T>,
        mut code: Pin<&mut F>,
    ) -> Option<F::Output> {
        poll_fn(|context| match code.as_mut().poll(context) {
            Poll::Ready(left) => Poll::Ready(Some(left)),
            Poll::Pending if slot.is_full() => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        })
        .await
    }

    /// Runs captured code that does not await, up to a panic.
    ///
    /// # Errors
    /// The payload of the panic.
    pub fn catch_run<F: Future>(code: Pin<&mut F>) -> Result<Option<F::Output>, Payload> {
        catch_unwind(AssertUnwindSafe(|| run(code)))
    }

    /// Awaits captured code, up to a panic.
    ///
    /// # Errors
    /// The payload of the panic.
    pub async fn catch_drive<F: Future, T>(
        slot: &SharedSlot<T>,
        mut code: Pin<&mut F>,
    ) -> Result<Option<F::Output>, Payload> {
        poll_fn(
            |context| match catch_unwind(AssertUnwindSafe(|| code.as_mut().poll(context))) {
                Ok(Poll::Ready(left)) => Poll::Ready(Ok(Some(left))),
                Ok(Poll::Pending) if slot.is_full() => Poll::Ready(Ok(None)),
                Ok(Poll::Pending) => Poll::Pending,
                Err(payload) => {
                    crate::raw::take_back(context);
                    Poll::Ready(Err(payload))
                }
            },
        )
        .await
    }
}

/// How a captured body ended: with this leave, or with what `Inner` holds: another leave, or the body's value.
pub enum Either<L, I> {
    Leave(L),
    Inner(I),
}
