//! Locks and permits of tokio as managers.

use core::convert::Infallible;

use tokio::sync::{AcquireError, Mutex, MutexGuard, Semaphore, SemaphorePermit};

use crate::async_manager::AsyncContextManager;
use crate::lends::Lend;
use crate::outcome::Outcome;

/// A lock: enter waits for it, and the body gets the guard, which is dropped when the body ends, unless
/// the body hands it out. It is not poisoned.
impl<'m, T: ?Sized> AsyncContextManager for &'m Mutex<T> {
    type Lends = dyn for<'a> Lend<'a, Value = MutexGuard<'m, T>>;
    type Exit = ();

    async fn enter(&mut self) -> Result<MutexGuard<'m, T>, Infallible> {
        Ok(self.lock().await)
    }

    async fn exit(&mut self, _: Outcome<'_>) {}
}

/// A permit: enter waits for one, and the body gets it; it is given back when the body ends, unless the
/// body hands it out.
///
/// # Errors
/// Enter fails if the semaphore is closed.
impl<'m> AsyncContextManager for &'m Semaphore {
    type Lends = dyn for<'a> Lend<'a, Value = SemaphorePermit<'m>>;
    type Exit = Result<(), AcquireError>;

    async fn enter(&mut self) -> Result<SemaphorePermit<'m>, AcquireError> {
        self.acquire().await
    }

    async fn exit(&mut self, _: Outcome<'_>) -> Result<(), AcquireError> {
        Ok(())
    }
}
