//! `AsyncExitStack`: Python's `contextlib.AsyncExitStack`.

mod entering;
pub(crate) mod entry;
mod keys;
mod manager;
mod unwind;

use alloc::boxed::Box;
use core::fmt;
use core::panic::Location;

use self::entry::{AsyncEntry, ExitOf, Push, PushSync, origin};
use super::Key;
use super::boxed::Boxed;
use super::entry::Origin;
use super::verdicts::{Ends, Expressible, StackVerdict, block};
use crate::__private::unseen::HidesLeaves;
use crate::bounds::AwaitedAtExit;
use crate::manager::ContextManager;
use crate::outcome::{Leave, Outcome};
use crate::raw::{AsyncPlaced, Shared};

pub use self::entering::{Entering, Gives};

/// An [`ExitStack`](super::ExitStack) for async functions: it holds async and sync managers and callbacks, in any order.
/// Python's `contextlib.AsyncExitStack`.
///
/// | `ExitStack` | here, what awaits | here, what does not |
/// |---|---|---|
/// | `enter(m)` | `enter(m).await` | `enter_sync(m).await` |
/// | `push(\|stack, outcome\| ..)` | `push(\|stack, outcome\| async ..)` | `push_sync(..)` |
/// | `push_exit(m)` | `push_exit(m).await` | `push_exit_sync(m)` |
/// | `callback(\|\| ..)` | `callback(async \|\| ..)` | `callback_sync(..)` |
/// | `adopt(value, release)` | `adopt(value, async \|value\| ..)` | `adopt_sync(..)` |
/// | `release`, `release_lent`, `close` | the same, with `.await` | |
/// | `dismiss`, `pop_all`, `append`, `len` | | the same |
///
/// ```
/// use std::io;
/// use cm_runtime::{AsyncContextManager, AsyncExitStack, Mut, Outcome, with};
///
/// # struct Connection(u16);
/// # impl Connection {
/// #     async fn open(port: u16) -> io::Result<Self> { Ok(Self(port)) }
/// #     async fn ping(&mut self) -> io::Result<u32> { Ok(self.0.into()) }
/// #     async fn close(&mut self) -> io::Result<()> { Ok(()) }
/// # }
/// struct To(u16, Option<Connection>);
///
/// impl AsyncContextManager for To {
///     type Lends = Mut<Connection>;
///     type Exit = io::Result<()>;
///     async fn enter(&mut self) -> io::Result<&mut Connection> {
///         Ok(self.1.insert(Connection::open(self.0).await?))
///     }
///     async fn exit(&mut self, _: Outcome<'_>) -> io::Result<()> {
///         match &mut self.1 {
///             Some(connection) => connection.close().await,
///             None => Ok(()),
///         }
///     }
/// }
///
/// async fn ping_all(ports: &[u16]) -> Result<u32, cm_runtime::exit_stack::BoxError> {
///     with! { async AsyncExitStack::new()? as stack => {
///         let mut all = vec![];
///         for port in ports {
///             all.push(stack.enter(To(*port, None)).await?);
///         }
///         let mut sum = 0;
///         for connection in all {
///             sum += connection.ping().await?;
///         }
///         Ok(sum)
///     } }
/// }
/// # let mut future = std::pin::pin!(ping_all(&[1, 2]));
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # use std::future::Future;
/// # assert!(matches!(future.as_mut().poll(&mut context), std::task::Poll::Ready(Ok(3))));
/// ```
///
/// The default verdict is [`Boxed`]: a `Result<(), BoxError>` in a form that works in futures that are [`Send`]. For
/// functions with other error types see [`ExitStack`](super::ExitStack#with-other-error-types).
///
/// # When it cannot be awaited
/// A stack that is dropped without [`close`](Self::close), or in a block whose future is dropped or whose body
/// panics, runs its entries without awaiting, the newest first. They are told [`Cancelled`](Outcome::Cancelled) or
/// [`Panicked`](Outcome::Panicked):
/// - an async manager is [cancelled](crate::AsyncContextManager::cancel);
/// - a sync manager exits;
/// - an async callback runs up to its first await that is not ready, and is dropped there.
///
/// Errors are then [lost](mod@crate::lost): in a block to the [listener](crate::AsyncManager::on_lost) of the stack, if it has
/// one, and not to the listeners of entries, but for an entry whose exit is dropped half-way.
///
/// # Threads
/// The stack is `Send` and `Sync`, so that it can be used in tasks of any executor. For that its entries have to be
/// `Send`, with what their exits keep across awaits.
#[doc(alias = "AsyncDisposableStack")]
pub struct AsyncExitStack<'s, X: StackVerdict = Boxed> {
    entries: Shared<dyn AsyncEntry<'s, X> + 's>,
    unseen: HidesLeaves,
    replaces: bool,
    /// Where it was made.
    place: &'static Location<'static>,
}

impl AsyncExitStack<'_> {
    /// An empty stack, which can fail with any error; it allocates nothing yet.
    ///
    /// ```
    /// let stack = cm_runtime::AsyncExitStack::new();
    /// assert!(stack.is_empty());
    /// ```
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        Self::with_verdict()
    }
}

impl<'s, X: StackVerdict> AsyncExitStack<'s, X> {
    /// An empty stack with the verdict `X`; see [`ExitStack::with_verdict`](super::ExitStack::with_verdict).
    ///
    /// ```
    /// use cm_runtime::{AsyncExitStack, Suppress};
    /// let stack = AsyncExitStack::<Suppress>::with_verdict();
    /// # drop(stack);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn with_verdict() -> Self {
        Self {
            entries: Shared::new(),
            unseen: HidesLeaves::new(),
            replaces: false,
            place: Location::caller(),
        }
    }

    /// Puts a closure on the stack that is told the outcome, and returns a future with a verdict.
    ///
    /// The outcome can be used in the call of the closure only, not in the future: copy out first what that needs. So
    /// an `async |stack, outcome|` closure does not compile.
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
    #[doc(alias = "push_async_exit")]
    #[track_caller]
    pub fn push<F, R, K>(&self, exit: F) -> Key
    where
        F: FnOnce(&AsyncExitStack<'s, X>, Outcome<'_, X::View>) -> R + Send + 's,
        R: AwaitedAtExit<K, Returned: Expressible<X>, Future: Send + 's>,
    {
        self.put(AsyncPlaced {
            entry: Push::new(
                move |stack: &AsyncExitStack<'s, X>, outcome: Outcome<'_, X::View>| {
                    exit(stack, outcome).future()
                },
            ),
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

    /// Puts the exit of a sync manager on the stack, without its enter: Python's `push`.
    ///
    /// ```
    /// use cm_runtime::AsyncExitStack;
    /// # use std::convert::Infallible;
    /// # use cm_runtime::{ContextManager, Outcome, Owned};
    /// struct Open(&'static str);
    /// impl ContextManager for Open {
    ///     type Lends = Owned<()>;
    ///     type Exit = ();
    ///     fn enter(&mut self) -> Result<(), Infallible> {
    ///         Ok(())
    ///     }
    ///     fn exit(&mut self, _: Outcome<'_>) {
    ///         println!("closed {}", self.0);
    ///     }
    /// }
    /// let stack = AsyncExitStack::new();
    /// stack.push_exit_sync(Open("port"));
    /// # assert_eq!(stack.len(), 1);
    /// ```
    #[track_caller]
    pub fn push_exit_sync<M>(&self, manager: M) -> Key
    where
        M: ContextManager<Exit: Expressible<X>> + Send + 's,
    {
        self.put(AsyncPlaced {
            entry: ExitOf(manager),
            origin: origin::<M>(),
        })
    }

    /// Puts an async closure on the stack that is told nothing: Python's `push_async_callback`.
    /// A closure with a `?` in it has to name its error type, as for
    /// [`ExitStack::callback`](super::ExitStack::callback).
    ///
    /// ```
    /// use cm_runtime::AsyncExitStack;
    /// let stack = AsyncExitStack::new();
    /// let key = stack.callback(async || println!("last"));
    /// # assert!(stack.dismiss(key));
    /// ```
    #[doc(alias = "push_async_callback")]
    #[track_caller]
    pub fn callback<F, R, K>(&self, callback: F) -> Key
    where
        F: FnOnce() -> R + Send + 's,
        R: AwaitedAtExit<K, Returned: Ends<X>, Future: Send + 's>,
    {
        self.put(AsyncPlaced {
            entry: Push::new(move |_: &AsyncExitStack<'s, X>, _: Outcome<'_, X::View>| {
                callback().future()
            }),
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
    pub fn adopt<T, F, R, K>(&self, value: T, release: F) -> Key
    where
        T: Send + 's,
        F: FnOnce(T) -> R + Send + 's,
        R: AwaitedAtExit<K, Returned: Ends<X>, Future: Send + 's>,
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

    /// Moves all entries to a new stack, which may outlive this one: Python's `pop_all`. The new stack
    /// exits them, or cancels them when it is dropped.
    ///
    /// ```
    /// use cm_runtime::AsyncExitStack;
    /// let mut stack = AsyncExitStack::new();
    /// stack.callback_sync(|| ());
    /// let others = stack.pop_all();
    /// assert_eq!((stack.len(), others.len()), (0, 1));
    /// ```
    #[must_use = "the entries exit when the new stack is dropped"]
    #[track_caller]
    pub fn pop_all(&mut self) -> Self {
        Self {
            entries: Shared::of(self.entries.get_mut().take_all()),
            unseen: HidesLeaves::new(),
            replaces: false,
            place: Location::caller(),
        }
    }

    /// Puts the entries of another stack on top of this one.
    ///
    /// ```
    /// use cm_runtime::AsyncExitStack;
    /// let (stack, others) = (AsyncExitStack::new(), AsyncExitStack::new());
    /// others.callback_sync(|| ());
    /// stack.append(others);
    /// assert_eq!(stack.len(), 1);
    /// ```
    pub fn append(&self, mut other: Self) {
        let entries = other.entries.get_mut().take_all();
        self.entries.lock().append(entries);
    }

    /// How many entries there are.
    ///
    /// ```
    /// assert_eq!(cm_runtime::AsyncExitStack::new().len(), 0);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.lock().len()
    }

    /// Whether there are none.
    ///
    /// ```
    /// assert!(cm_runtime::AsyncExitStack::new().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Exits all entries, as after a success, and uses the stack up: Python's `aclose`.
    ///
    /// Dropped half-way, it unwinds what is left without awaiting.
    ///
    /// # Errors
    /// The first error of an entry, with those that came after it.
    ///
    /// # Panics
    /// If an entry does, when the others have run.
    ///
    /// ```
    /// # async fn closed() -> Result<(), cm_runtime::exit_stack::BoxError> {
    /// use cm_runtime::AsyncExitStack;
    /// let stack = AsyncExitStack::new();
    /// stack.callback(async || println!("last"));
    /// stack.callback_sync(|| println!("first"));
    /// stack.close().await
    /// # }
    /// # use std::future::Future;
    /// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    /// # assert!(matches!(std::pin::pin!(closed()).poll(&mut context), std::task::Poll::Ready(Ok(()))));
    /// ```
    #[doc(alias = "aclose")]
    pub async fn close(mut self) -> X::Block<()>
    where
        X::Error: Send + Sync,
    {
        block::<X>(unwind::exit(&mut self, Outcome::Succeeded(Leave::Close)).await)
    }

    fn origin(&self) -> Origin {
        Origin {
            name: core::any::type_name::<Self>(),
            place: self.place,
        }
    }

    fn put(&self, entry: impl AsyncEntry<'s, X> + 's) -> Key {
        let id = self.entries.lock().push(Box::new(entry));
        Key { id }
    }
}

impl<X: StackVerdict> Default for AsyncExitStack<'_, X> {
    #[track_caller]
    fn default() -> Self {
        Self::with_verdict()
    }
}

impl<X: StackVerdict> fmt::Debug for AsyncExitStack<'_, X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncExitStack")
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}
