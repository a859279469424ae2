//! `Cleanups`: waits for cleanups that were spawned.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use tokio::sync::Notify;

/// Counts the detached cleanups of an application, or of a part of it, so that it can wait for them at shutdown.
///
/// A [`detached`](fn@super::detached) manager counts among the cleanups of the [whole
/// process](Self::of_the_process), unless [`counted_in`](super::Detached::counted_in) says otherwise.
///
/// ```
/// use cm_runtime::contextlib::Cleanups;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// // at the end of `main`, before the runtime is dropped
/// Cleanups::of_the_process().ended().await;
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Cleanups(Arc<Running>);

#[derive(Debug, Default)]
struct Running {
    count: AtomicUsize,
    none: Notify,
}

impl Cleanups {
    /// A new counter, for managers that are [`counted_in`](super::Detached::counted_in) it.
    ///
    /// ```
    /// assert_eq!(cm_runtime::contextlib::Cleanups::new().count(), 0);
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The cleanups of all managers that are not `counted_in` others.
    ///
    /// See the type for an example.
    #[must_use]
    pub fn of_the_process() -> Self {
        static OF_THE_PROCESS: LazyLock<Cleanups> = LazyLock::new(Cleanups::new);
        OF_THE_PROCESS.clone()
    }

    /// How many cleanups are running.
    ///
    /// ```
    /// assert_eq!(cm_runtime::contextlib::Cleanups::new().count(), 0);
    /// ```
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.count.load(Ordering::Acquire)
    }

    /// Waits until no cleanup is running.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// cm_runtime::contextlib::Cleanups::new().ended().await;
    /// # }
    /// ```
    pub async fn ended(&self) {
        loop {
            let none = self.0.none.notified();
            let mut none = core::pin::pin!(none);
            none.as_mut().enable();
            if self.count() == 0 {
                return;
            }
            none.await;
        }
    }

    /// One more, until what this returns is dropped.
    pub(super) fn one_more(&self) -> OneMore {
        self.0.count.fetch_add(1, Ordering::AcqRel);
        OneMore(self.clone())
    }
}

pub(super) struct OneMore(Cleanups);

impl Drop for OneMore {
    fn drop(&mut self) {
        let running = &self.0.0;
        if running.count.fetch_sub(1, Ordering::AcqRel) == 1 {
            running.none.notify_waiters();
        }
    }
}
