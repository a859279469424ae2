//! `timeout`.

use core::future::IntoFuture;
use core::time::Duration;

/// Awaits a future for at most `duration`, and then drops it: Python's `asyncio.timeout`.
///
/// It is a function around the body, and not a manager, since a manager cannot interrupt its body: it runs only before
/// and after that, and the body is polled by the function that the block is in. (Python's interrupts the task from
/// outside.) When the future is dropped, managers in it are told [`Cancelled`](crate::Outcome::Cancelled), and
/// [`detached`](fn@super::detached) ones finish their exits.
///
/// # Errors
/// [`TimedOut`] if the future has not ended after `duration`.
///
/// # Panics
/// Outside of a tokio runtime with a timer.
///
/// ```
/// use std::time::Duration;
/// use cm_runtime::contextlib::{timeout, aclosing};
/// use cm_runtime::with;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let slow = timeout(Duration::from_millis(1), async {
///     with! { async aclosing((), async |()| ()) => {
///         std::future::pending::<()>().await;
///     } }
/// });
/// assert_eq!(slow.await.unwrap_err().to_string(), "timed out after 1ms");
/// # }
/// ```
pub async fn timeout<F: IntoFuture>(duration: Duration, future: F) -> Result<F::Output, TimedOut> {
    let inner = tokio::time::timeout(duration, future.into_future());
    inner.await.map_err(|_| TimedOut { duration })
}

/// The error of [`timeout`]: the future has not ended in time, and was dropped.
///
/// ```
/// use std::time::Duration;
/// use cm_runtime::contextlib::{TimedOut, timeout};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let never = timeout(Duration::from_millis(1), std::future::pending::<()>());
/// let error: TimedOut = never.await.unwrap_err();
/// assert_eq!(error.duration(), Duration::from_millis(1));
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("timed out after {duration:?}")]
pub struct TimedOut {
    duration: Duration,
}

impl TimedOut {
    /// How long the future was awaited. See the type for an example.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }
}
