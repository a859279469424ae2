//! One lock for each state that the whole process shares, which its thread can take again.

use core::marker::PhantomData;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

/// The environment.
pub(crate) static ENVIRONMENT: Global = Global::new();

/// A lock for a state of the process.
pub(crate) struct Global {
    holder: Mutex<Option<(ThreadId, usize)>>,
    free: Condvar,
}

/// The lock is held, once more, by this thread: as a [`MutexGuard`] it is not `Send`. On another thread
/// its manager would wait for itself.
pub(crate) struct Held(&'static Global, OfThisThread);

/// What has it stays on its thread.
pub(crate) type OfThisThread = PhantomData<MutexGuard<'static, ()>>;

impl Global {
    pub(super) const fn new() -> Self {
        Self {
            holder: Mutex::new(None),
            free: Condvar::new(),
        }
    }

    /// Waits until no other thread holds it.
    pub(crate) fn hold(&'static self) -> Held {
        let me = thread::current().id();
        let mut holder = self.holder.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match &mut *holder {
                None => *holder = Some((me, 1)),
                Some((thread, times)) if *thread == me => *times += 1,
                Some(_) => {
                    holder = self
                        .free
                        .wait(holder)
                        .unwrap_or_else(PoisonError::into_inner);
                    continue;
                }
            }
            return Held(self, PhantomData);
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut holder = self.0.holder.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, times)) = &mut *holder {
            *times -= 1;
            if *times == 0 {
                *holder = None;
                self.0.free.notify_one();
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
