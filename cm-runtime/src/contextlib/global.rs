//! The re-entrant lock of the managers that change state of the whole process.
//!
//! There is one lock for all of them: with several, two threads that take two of them in different orders would
//! wait for each other.

use core::marker::PhantomData;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

static HOLDER: Mutex<Option<(ThreadId, usize)>> = Mutex::new(None);
static FREE: Condvar = Condvar::new();

/// Holds the lock, once more, for this thread. Like a [`MutexGuard`] it is not `Send`: on another thread the
/// manager that has it would wait for itself.
pub(crate) struct Held(OfThisThread);

/// A marker: what contains it is not `Send`.
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

/// The error of a manager of process-wide state which finds, at exit, that somebody else has changed the state
/// meanwhile. The manager has restored the state nevertheless.
///
/// It converts into an [`io::Error`], and is then its inner error.
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
