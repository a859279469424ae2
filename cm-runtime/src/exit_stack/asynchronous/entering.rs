//! The methods of an async stack that enter managers, and their future.

use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::AsyncExitStack;
use super::entry::{AsyncEntry, origin};
use crate::async_manager::AsyncManager;
use crate::exit_stack::LentKey;
use crate::exit_stack::entry::Origin;
use crate::exit_stack::verdicts::{Expressible, StackVerdict};
use crate::lends::{Lends, Lent, Owned};
use crate::manager::Manager;
use crate::raw::{
    self, AsyncGenerator, AsyncPlaced, Lasting, Start, framed, framed_exit, framed_sync,
};
use crate::verdict::Verdict;

impl<'s, X: StackVerdict + 's> AsyncExitStack<'s, X> {
    /// Enters an async manager, when it is awaited, and returns what it lends, which borrows the
    /// stack, shared: Python's `enter_async_context`.
    ///
    /// # Errors
    /// The error of enter; the stack is then as it was.
    ///
    /// See the type for an example.
    #[doc(alias = "enter_async_context")]
    #[track_caller]
    pub fn enter<'a, M>(
        &'a self,
        manager: M,
    ) -> Entering<'a, 's, X, M::Lends, impl Future<Output = M::Exit> + use<M, X>, ()>
    where
        M: AsyncManager<Exit: Verdict> + 's,
    {
        let origin = origin::<M>();
        self.entering(framed(manager, origin.place), origin)
    }

    /// The same with a key, for [`release_lent`](Self::release_lent).
    ///
    /// # Errors
    /// The error of enter.
    ///
    /// ```
    /// # use std::future::Future;
    /// use cm_runtime::AsyncExitStack;
    /// use cm_runtime::contextlib::aclosing;
    /// # let closed = async {
    /// let mut stack = AsyncExitStack::new();
    /// let (text, key) = stack.enter_keyed(aclosing(String::from("a"), async |text| drop(text))).await;
    /// text.push('b');
    /// assert!(stack.release_lent(key).await.unwrap().is_ok());
    /// assert!(stack.is_empty());
    /// # };
    /// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    /// # assert!(std::pin::pin!(closed).poll(&mut context).is_ready());
    /// ```
    #[track_caller]
    pub fn enter_keyed<'a, M>(
        &'a self,
        manager: M,
    ) -> Entering<'a, 's, X, M::Lends, impl Future<Output = M::Exit> + use<M, X>, LentKey>
    where
        M: AsyncManager<Exit: Verdict> + 's,
    {
        let origin = origin::<M>();
        self.entering(framed(manager, origin.place), origin)
    }

    /// Enters a manager that does not await: Python's `enter_context`.
    ///
    /// # Errors
    /// The error of enter.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicU32, Ordering};
    /// use cm_runtime::AsyncExitStack;
    /// use cm_runtime::contextlib::guard;
    /// # async fn count(left: &AtomicU32) -> Result<(), cm_runtime::exit_stack::BoxError> {
    /// let stack = AsyncExitStack::new();
    /// let value = stack.enter_sync(guard(7, |_, _| drop(left.fetch_add(1, Ordering::Relaxed)))).await;
    /// assert_eq!(*value, 7);
    /// stack.close().await
    /// # }
    /// # use std::future::Future;
    /// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    /// # assert!(matches!(std::pin::pin!(count(&AtomicU32::new(0))).poll(&mut context), std::task::Poll::Ready(Ok(()))));
    /// ```
    #[doc(alias = "enter_context")]
    #[track_caller]
    pub fn enter_sync<'a, M>(
        &'a self,
        manager: M,
    ) -> Entering<'a, 's, X, M::Lends, impl Future<Output = M::Exit> + use<M, X>, ()>
    where
        M: Manager<Exit: Verdict> + 's,
    {
        let origin = origin::<M>();
        self.entering(framed_sync(manager, origin.place), origin)
    }

    /// The same with a key, for [`release_lent`](Self::release_lent).
    ///
    /// # Errors
    /// The error of enter.
    ///
    /// ```
    /// use cm_runtime::AsyncExitStack;
    /// use cm_runtime::contextlib::guard;
    /// # async fn early() {
    /// let mut stack = AsyncExitStack::new();
    /// let (value, key) = stack.enter_sync_keyed(guard(7, |_, _| ())).await;
    /// assert_eq!(*value, 7);
    /// assert!(stack.release_lent(key).await.is_some());
    /// # }
    /// # use std::future::Future;
    /// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    /// # assert!(std::pin::pin!(early()).poll(&mut context).is_ready());
    /// ```
    #[track_caller]
    pub fn enter_sync_keyed<'a, M>(
        &'a self,
        manager: M,
    ) -> Entering<'a, 's, X, M::Lends, impl Future<Output = M::Exit> + use<M, X>, LentKey>
    where
        M: Manager<Exit: Verdict> + 's,
    {
        let origin = origin::<M>();
        self.entering(framed_sync(manager, origin.place), origin)
    }

    /// Puts the exit of an async manager on the stack, when it is awaited, without its enter: Python's
    /// `push_async_exit`.
    ///
    /// # Errors
    /// None; the type is that of an enter.
    ///
    /// ```
    /// # use std::future::Future;
    /// use cm_runtime::AsyncExitStack;
    /// use cm_runtime::contextlib::aclosing;
    /// # let (sender, receiver) = std::sync::mpsc::channel();
    /// # let closed = async {
    /// let stack = AsyncExitStack::new();
    /// stack.push_exit(aclosing(sender, async |sender| drop(sender.send("closed")))).await;
    /// stack.close().await.unwrap();
    /// assert_eq!(receiver.recv(), Ok("closed"));
    /// # };
    /// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    /// # assert!(std::pin::pin!(closed).poll(&mut context).is_ready());
    /// ```
    #[track_caller]
    pub fn push_exit<'a, M>(
        &'a self,
        manager: M,
    ) -> Entering<'a, 's, X, Owned<()>, impl Future<Output = M::Exit> + use<M, X>, ()>
    where
        M: AsyncManager<Exit: Verdict> + 's,
    {
        let origin = origin::<M>();
        self.entering(framed_exit(manager, origin.place), origin)
    }

    fn entering<L, F, K>(
        &self,
        generator: AsyncGenerator<L, F>,
        origin: Origin,
    ) -> Entering<'_, 's, X, L, F, K>
    where
        L: ?Sized + 's,
        F: 's,
    {
        Entering {
            stack: self,
            entry: Some(Lasting::new(AsyncPlaced {
                entry: generator,
                origin,
            })),
            begun: None,
            gives: PhantomData,
        }
    }
}

/// The future that enters a manager of an async stack. If it is dropped half-way, it
/// [cancels](crate::AsyncContextManager::cancel) the manager, and the stack is as it was.
///
/// It is a future only if the stack can [express](Expressible) the manager's verdict, and if the manager is [`Send`], with
/// what its enter and exit keep across their awaits. So errors about that are reported at the `.await`.
///
/// ```
/// use cm_runtime::{AsyncExitStack, contextlib::guard};
/// let stack = AsyncExitStack::new();
/// drop(stack.enter_sync(guard(7, |_, _| ()))); // is not awaited, and enters nothing
/// assert!(stack.is_empty());
/// ```
#[must_use = "nothing is entered before this is awaited"]
pub struct Entering<'a, 's, X: StackVerdict, L: ?Sized, F, K> {
    stack: &'a AsyncExitStack<'s, X>,
    /// Until the first poll.
    entry: Option<Lasting<'s, AsyncPlaced<AsyncGenerator<L, F>>>>,
    /// From then on.
    begun: Option<raw::Entering<'a, dyn AsyncEntry<'s, X> + 's, Start<'a, L, F>>>,
    gives: PhantomData<fn() -> K>,
}

impl<X: StackVerdict, L: ?Sized, F, K> core::fmt::Debug for Entering<'_, '_, X, L, F, K> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Entering").finish_non_exhaustive()
    }
}

/// What [`Entering`] returns: just the value (`()`), or the value and its key ([`LentKey`]). Sealed.
///
/// ```
/// use cm_runtime::AsyncExitStack;
/// use cm_runtime::contextlib::guard;
/// # async fn both() {
/// let stack = AsyncExitStack::new();
/// let value = stack.enter_sync(guard(7, |_, _| ())).await;
/// let (other, _key) = stack.enter_sync_keyed(guard(8, |_, _| ())).await;
/// assert_eq!(*value + 1, *other);
/// # }
/// # use std::future::Future;
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # assert!(std::pin::pin!(both()).poll(&mut context).is_ready());
/// ```
pub trait Gives: sealed::Sealed {
    #[doc(hidden)]
    type Of<T>;
    #[doc(hidden)]
    fn of<T>(value: T, key: LentKey) -> Self::Of<T>;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for () {}
    impl Sealed for super::LentKey {}
}

impl Gives for () {
    type Of<T> = T;
    fn of<T>(value: T, _: LentKey) -> T {
        value
    }
}

impl Gives for LentKey {
    type Of<T> = (T, LentKey);
    fn of<T>(value: T, key: LentKey) -> (T, LentKey) {
        (value, key)
    }
}

// `Future` and not `IntoFuture`: so the compiler says what is not `Send`, if that is why it is no future.
impl<'a, X, L, F, K> Future for Entering<'a, '_, X, L, F, K>
where
    X: StackVerdict,
    L: ?Sized + Lends,
    F: Future<Output: Expressible<X>> + Send,
    K: Gives,
{
    type Output = <F::Output as Verdict>::Entered<K::Of<Lent<'a, L>>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if let Some(entry) = this.entry.take() {
            let entries = &this.stack.entries;
            this.begun = Some(entries.entering(entry, |placed| placed.entry().start()));
        }
        let begun = this.begun.as_mut().expect("it begins once");
        let entered = begun.poll(context, |start, context| {
            start
                .poll(context)
                .map(crate::async_generator::entered::<_, F>)
        });
        entered.map(|entered| {
            <F::Output as Verdict>::entered(entered.map(|(value, id)| K::of(value, LentKey { id })))
        })
    }
}
