//! What a task of a group gives.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use tokio::sync::oneshot;
use tokio::task::AbortHandle;

/// The output of a task, to be awaited. To drop it does not abort the task.
///
/// ```
/// use cm_runtime::contextlib::Output;
/// async fn number(output: Output<u32>) -> u32 {
///     output.await.unwrap_or(0)
/// }
/// # let _ = number;
/// ```
#[derive(Debug)]
pub struct Output<T> {
    pub(super) output: oneshot::Receiver<T>,
    pub(super) abort: AbortHandle,
}

impl<T> Output<T> {
    /// Aborts the task: it ends at its next await. To the group that is no failure.
    ///
    /// ```
    /// use cm_runtime::contextlib::Output;
    /// fn give_up(output: &Output<u32>) {
    ///     output.abort();
    /// }
    /// # let _ = give_up;
    /// ```
    pub fn abort(&self) {
        self.abort.abort();
    }
}

impl<T> Future for Output<T> {
    type Output = Result<T, OutputLost>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.output)
            .poll(context)
            .map(|output| output.map_err(|_| OutputLost(())))
    }
}

/// The task has failed, which its group reports, or was aborted.
///
/// ```
/// fn show(lost: cm_runtime::contextlib::OutputLost) -> String {
///     lost.to_string()
/// }
/// # let _ = show;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the task has failed or was aborted")]
pub struct OutputLost(());
