//! A value that can travel to other threads, and be read only on its own. All the unsafe code of
//! the crate is here.
//!
//! An [`Outcome`](crate::Outcome) is `Send`, so that it can be kept across an await in a future
//! that moves between threads. The error in it need not be `Sync`: `Box<dyn Error>` is not, and
//! a `&Box<dyn Error>` must not be used on another thread. So the reference travels as a
//! [`Local`], which hands it out only on the thread on which it was made.
//!
//! # Invariants
//! 1. `value` is read only after the current thread has been compared with `thread`.
//! 2. `T` is `Copy`: dropping a `Local` on another thread runs no code of `T`.
//! 3. A `ThreadId` is never given to a second thread while the process runs.

/// A `T` for the thread that made it. Without `std` there are no threads to tell apart: then it is
/// a plain wrapper, and `Send` only if `T` is.
#[derive(Clone, Copy)]
pub(crate) struct Local<T: Copy> {
    value: T,
    #[cfg(feature = "std")]
    thread: std::thread::ThreadId,
}

#[cfg(not(feature = "std"))]
impl<T: Copy> Local<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { value }
    }

    #[allow(
        clippy::unnecessary_wraps,
        reason = "the shape of the form with threads"
    )]
    pub(crate) fn get(&self) -> Option<T> {
        Some(self.value)
    }
}

#[cfg(feature = "std")]
impl<T: Copy> Local<T> {
    pub(crate) fn new(value: T) -> Self {
        Self {
            value,
            thread: std::thread::current().id(),
        }
    }

    /// The value, on the thread on which it was put in.
    pub(crate) fn get(&self) -> Option<T> {
        (self.thread == std::thread::current().id()).then_some(self.value)
    }
}

// SAFETY: another thread that owns a `Local` can read `thread`, which is an identifier, and drop it,
// which runs no code of `T` (invariant 2). It cannot reach `value` (invariants 1 and 3).
#[cfg(feature = "std")]
#[allow(unsafe_code)]
unsafe impl<T: Copy> Send for Local<T> {}
