//! Values for one thread.
//!
//! An [`Outcome`](crate::Outcome) is `Send` and `Sync`, so that it can be kept across an await in a
//! future that moves between threads, and be shared by threads. The error in it need not be `Sync`: `Box<dyn Error>`
//! is not, and a `&Box<dyn Error>` must not be used on another thread. So the reference is in a [`Local`], which
//! returns it only on the thread on which it was made; without `std` on none.
//!
//! # Invariants
//! 1. A `Local`'s value is read only after the current thread has been compared with its own, and a
//!    `ThreadId` is never given to a second thread.
//! 2. The value is `Copy`: dropping or copying a `Local` on another thread runs no code of its type.

/// A `T` for the thread that made it. Without `std` no thread can be told from another: then there is nothing in it.
#[derive(Copy)]
pub(crate) struct Local<T: Copy> {
    #[cfg(feature = "std")]
    value: T,
    #[cfg(feature = "std")]
    thread: std::thread::ThreadId,
    #[cfg(not(feature = "std"))]
    value: core::marker::PhantomData<fn() -> T>,
}

#[allow(
    clippy::expl_impl_clone_on_copy,
    reason = "a derived one would run the code of `T` (invariant 2)"
)]
impl<T: Copy> Clone for Local<T> {
    fn clone(&self) -> Self {
        *self
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
    pub(crate) fn get(self) -> Option<T> {
        (self.thread == std::thread::current().id()).then_some(self.value)
    }
}

#[cfg(not(feature = "std"))]
impl<T: Copy> Local<T> {
    pub(crate) fn new(_: T) -> Self {
        Self {
            value: core::marker::PhantomData,
        }
    }

    /// Nothing.
    #[allow(clippy::unused_self, reason = "as with `std`")]
    pub(crate) fn get(self) -> Option<T> {
        None
    }
}

// SAFETY: another thread that owns a `Local` can read `thread`, which is an identifier, and drop it,
// which runs no code of `T` (invariant 2). It cannot reach `value` (1).
#[cfg(feature = "std")]
unsafe impl<T: Copy> Send for Local<T> {}

// SAFETY: the same for one that shares it: it can read `thread`, and copy all of it.
#[cfg(feature = "std")]
unsafe impl<T: Copy> Sync for Local<T> {}
