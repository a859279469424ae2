//! Entries of an async stack that are released or dismissed by their key.

use super::entry::AsyncEntry;
use super::{AsyncExitStack, unwind};
use crate::exit_stack::verdicts::StackVerdict;
use crate::exit_stack::{Key, LentKey};
use crate::raw::Entries;

impl<X: StackVerdict> AsyncExitStack<'_, X> {
    /// Runs an entry that lends nothing now; `None` if it is no longer in this stack. If the future is dropped
    /// half-way, the rest of the entry does not run.
    ///
    /// # Errors
    /// Those of the entry, as the verdict says.
    ///
    /// ```
    /// # async fn released() {
    /// use cm_runtime::AsyncExitStack;
    /// let stack = AsyncExitStack::new();
    /// let key = stack.callback(async || println!("now"));
    /// assert!(stack.release(key).await.unwrap().is_ok());
    /// assert!(stack.release(key).await.is_none());
    /// # }
    /// # use std::future::Future;
    /// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    /// # assert!(std::pin::pin!(released()).poll(&mut context).is_ready());
    /// ```
    #[must_use = "an error of the entry is in it"]
    pub async fn release(&self, key: Key) -> Option<X::Block<()>>
    where
        X::Error: Send + Sync,
    {
        let taken = self.entries.lock().take_plain(key.id)?;
        Some(unwind::release(taken, self).await)
    }

    /// Exits an entry that has lent now; `None` if it is no longer in this stack, or was
    /// [dismissed](Self::dismiss_lent). If the future is dropped half-way, an async manager is
    /// [cancelled](crate::AsyncContextManager::cancel).
    ///
    /// # Errors
    /// Those of the manager's exit, as the verdict says.
    ///
    /// See [`enter_sync_keyed`](Self::enter_sync_keyed) for an example.
    #[must_use = "an error of the entry is in it"]
    pub async fn release_lent(&mut self, key: LentKey) -> Option<X::Block<()>>
    where
        X::Error: Send + Sync,
    {
        let taken = self.entries.get_mut().take_lent(key.id)?;
        Some(unwind::release(taken, self).await)
    }

    /// Removes an entry that lends nothing, without running it. Returns whether it was in this stack.
    ///
    /// See [`callback`](Self::callback) for an example.
    pub fn dismiss(&self, key: Key) -> bool {
        let taken = self.entries.lock().take_plain(key.id);
        taken.is_some()
    }

    /// Makes an entry that has lent be dropped without an exit or a cancel, when its turn comes. Returns whether it was
    /// in this stack.
    ///
    /// ```
    /// # async fn dismissed() {
    /// use cm_runtime::AsyncExitStack;
    /// use cm_runtime::contextlib::guard;
    /// let stack = AsyncExitStack::new();
    /// let (value, key) = stack.enter_sync_keyed(guard(7, |_, _| ())).await;
    /// assert!(stack.dismiss_lent(key));
    /// assert_eq!(*value, 7);
    /// # }
    /// # use std::future::Future;
    /// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    /// # assert!(std::pin::pin!(dismissed()).poll(&mut context).is_ready());
    /// ```
    pub fn dismiss_lent(&self, key: LentKey) -> bool {
        self.entries.lock().dismiss_lent(key.id)
    }

    /// Removes all entries without running or cancelling them, the newest first. In Python, `pop_all()` whose result is
    /// not used.
    ///
    /// ```
    /// use cm_runtime::AsyncExitStack;
    /// let mut stack = AsyncExitStack::new();
    /// stack.callback(async || println!("never"));
    /// stack.dismiss_all();
    /// assert!(stack.is_empty());
    /// ```
    pub fn dismiss_all(&mut self) {
        Dismissed(self.entries.get_mut().take_all()).run();
    }
}

/// Entries that neither run nor are cancelled, also those after one whose drop panics.
struct Dismissed<'s, X: StackVerdict>(Entries<dyn AsyncEntry<'s, X> + 's>);

impl<X: StackVerdict> Dismissed<'_, X> {
    fn run(&mut self) {
        while let Some(taken) = self.0.pop() {
            taken.into_box().as_mut().dismiss();
        }
    }
}

impl<X: StackVerdict> Drop for Dismissed<'_, X> {
    fn drop(&mut self) {
        self.run();
    }
}
