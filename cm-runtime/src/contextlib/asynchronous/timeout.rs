//! `timeout`.

use core::future::IntoFuture;
use core::time::Duration;

/// Awaits a future for so long, and drops it then: Python's `asyncio.timeout`.
///
/// It is a function around the body, and no manager, since a manager cannot interrupt its body: it
/// is called before and after it, but whoever polls the body is the function that the block stands
/// in. (Python's interrupts the task from outside.) Managers in the future that is dropped are told
/// [`Cancelled`](crate::Outcome::Cancelled); [`detached`](fn@super::detached) ones finish their exits.
///
/// # Errors
/// [`TimedOut`] if the time was over before the future.
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

/// The time was over, and the future was dropped.
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
    /// The time that there was. See the type for an example.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }
}
