//! What is put on an async stack without an enter.

use alloc::boxed::Box;
use core::future::Future;

use super::AsyncExitStack;
use super::entry::{AsyncEntry, Push, PushSync, origin};
use crate::exit_stack::Key;
use crate::exit_stack::verdicts::{Ends, Expressible, StackVerdict};
use crate::outcome::Outcome;
use crate::raw::AsyncPlaced;

impl<'s, X: StackVerdict> AsyncExitStack<'s, X> {
    /// Puts a closure on the stack that is told the outcome, and returns a future with a verdict.
    ///
    /// The outcome is there for the call of the closure only: what the future needs of it has to be
    /// copied out first. So an `async |stack, outcome|` closure does not compile.
    ///
    /// ```
    /// use cm_runtime::AsyncExitStack;
    /// # async fn report(line: &str) {}
    /// # async fn pushed() -> Result<(), cm_runtime::exit_stack::BoxError> {
    /// let stack = AsyncExitStack::new();
    /// stack.push(|_, outcome| {
    ///     let line = if outcome.is_success() { "done" } else { "failed" };
    ///     async move { report(line).await }
    /// });
    /// stack.close().await
    /// # }
    /// # use std::future::Future;
    /// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    /// # assert!(matches!(std::pin::pin!(pushed()).poll(&mut context), std::task::Poll::Ready(Ok(()))));
    /// ```
    #[track_caller]
    pub fn push<F, R>(&self, exit: F) -> Key
    where
        F: FnOnce(&AsyncExitStack<'s, X>, Outcome<'_, X::View>) -> R + Send + 's,
        R: Future<Output: Expressible<X>> + Send + 's,
    {
        self.put(AsyncPlaced {
            entry: Push::new(exit),
            origin: origin::<F>(),
        })
    }

    /// Puts a closure on the stack that is told the outcome, and does not await.
    ///
    /// ```
    /// use cm_runtime::AsyncExitStack;
    /// let stack = AsyncExitStack::new();
    /// stack.push_sync(|_, outcome| println!("{outcome:?}"));
    /// # assert_eq!(stack.len(), 1);
    /// ```
    #[track_caller]
    pub fn push_sync<F, V>(&self, exit: F) -> Key
    where
        F: FnOnce(&AsyncExitStack<'s, X>, Outcome<'_, X::View>) -> V + Send + 's,
        V: Expressible<X> + 's,
    {
        self.put(AsyncPlaced {
            entry: PushSync(Some(exit)),
            origin: origin::<F>(),
        })
    }

    /// Puts an async closure on the stack that is told nothing: Python's `push_async_callback`.
    ///
    /// ```
    /// use cm_runtime::AsyncExitStack;
    /// let stack = AsyncExitStack::new();
    /// let key = stack.callback(async || println!("last"));
    /// # assert!(stack.dismiss(key));
    /// ```
    #[track_caller]
    pub fn callback<F, R>(&self, callback: F) -> Key
    where
        F: FnOnce() -> R + Send + 's,
        R: Future<Output: Ends<X>> + Send + 's,
    {
        self.put(AsyncPlaced {
            entry: Push::new(move |_: &AsyncExitStack<'s, X>, _: Outcome<'_, X::View>| callback()),
            origin: origin::<F>(),
        })
    }

    /// Puts a closure on the stack that is told nothing, and does not await: Python's `callback`.
    ///
    /// ```
    /// use cm_runtime::AsyncExitStack;
    /// let stack = AsyncExitStack::new();
    /// stack.callback_sync(|| println!("last"));
    /// # assert_eq!(stack.len(), 1);
    /// ```
    #[track_caller]
    pub fn callback_sync<F, V>(&self, callback: F) -> Key
    where
        F: FnOnce() -> V + Send + 's,
        V: Ends<X> + 's,
    {
        self.put(AsyncPlaced {
            entry: PushSync(Some(
                move |_: &AsyncExitStack<'s, X>, _: Outcome<'_, X::View>| callback(),
            )),
            origin: origin::<F>(),
        })
    }

    /// Takes a value, and what releases it.
    ///
    /// ```
    /// use cm_runtime::AsyncExitStack;
    /// let stack = AsyncExitStack::new();
    /// stack.adopt(String::from("value"), async |value| drop(value));
    /// # assert_eq!(stack.len(), 1);
    /// ```
    #[track_caller]
    pub fn adopt<T, F, R>(&self, value: T, release: F) -> Key
    where
        T: Send + 's,
        F: FnOnce(T) -> R + Send + 's,
        R: Future<Output: Ends<X>> + Send + 's,
    {
        self.callback(move || release(value))
    }

    /// Takes a value, and what releases it without awaiting.
    ///
    /// ```
    /// use cm_runtime::AsyncExitStack;
    /// let stack = AsyncExitStack::new();
    /// stack.adopt_sync(String::from("value"), drop);
    /// # assert_eq!(stack.len(), 1);
    /// ```
    #[track_caller]
    pub fn adopt_sync<T, F, V>(&self, value: T, release: F) -> Key
    where
        T: Send + 's,
        F: FnOnce(T) -> V + Send + 's,
        V: Ends<X> + 's,
    {
        self.callback_sync(move || release(value))
    }

    #[track_caller]
    fn put(&self, entry: impl AsyncEntry<'s, X> + 's) -> Key {
        let id = self.entries.lock().push(Box::new(entry));
        Key { id }
    }
}
