//! The lock for what the whole process shares, which its thread can take again.
//!
//! One for all of it: with one each, two threads that take two of them in different orders would wait for
//! each other.

use core::marker::PhantomData;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

static HOLDER: Mutex<Option<(ThreadId, usize)>> = Mutex::new(None);
static FREE: Condvar = Condvar::new();

/// The lock is held, once more, by this thread: as a [`MutexGuard`] it is not `Send`. On another thread
/// its manager would wait for itself.
pub(crate) struct Held(OfThisThread);

/// What has it stays on its thread.
pub(crate) type OfThisThread = PhantomData<MutexGuard<'static, ()>>;

impl Held {
    /// Waits until no other thread holds it.
    pub(crate) fn acquire() -> Self {
        let me = thread::current().id();
        let mut holder = HOLDER.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match &mut *holder {
                None => *holder = Some((me, 1)),
                Some((thread, times)) if *thread == me => *times += 1,
                Some(_) => {
                    holder = FREE.wait(holder).unwrap_or_else(PoisonError::into_inner);
                    continue;
                }
            }
            return Self(PhantomData);
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut holder = HOLDER.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, times)) = &mut *holder {
            *times -= 1;
            if *times == 0 {
                *holder = None;
                FREE.notify_one();
            }
        }
    }
}

/// Reported by a manager of process-wide state that finds, on restoring what was there before, that
/// somebody else has changed what it had set. It restores it all the same.
///
/// It converts into an [`io::Error`], whose inner error it then is.
///
/// ```
/// use std::io;
/// use cm_runtime::contextlib::ChangedElsewhere;
/// fn was_changed(error: &io::Error) -> bool {
///     error.get_ref().is_some_and(|inner| inner.is::<ChangedElsewhere>())
/// }
/// # assert!(!was_changed(&io::Error::other("else")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} was changed by somebody else while it was overridden")]
pub struct ChangedElsewhere {
    pub(crate) what: std::string::String,
}

impl From<ChangedElsewhere> for io::Error {
    fn from(error: ChangedElsewhere) -> Self {
        Self::other(error)
    }
}
