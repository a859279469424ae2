//! The async twins of the traits in [`manager`](crate::manager).

use core::future::Future;
use core::panic::Location;
use core::pin::Pin;

use crate::__private::lose::{Whose, lose};
use crate::async_closure;
use crate::lends::{Lends, Lent};
use crate::lost::LostError;
use crate::on_lost::OnLost;
use crate::outcome::{Outcome, Sees};
use crate::verdict::Verdict;

/// A context manager whose enter and exit await: Python's `__aenter__` and `__aexit__`.
///
/// `with! { async manager as value => { .. } }` awaits [`enter`](Self::enter), runs the body, and
/// awaits [`exit`](Self::exit), however the body is left. That is cleanup that awaits, which `Drop` cannot
/// do.
///
/// A future can be dropped at any await, and nothing can be awaited then. So there is a third
/// function, [`cancel`](Self::cancel), which is not async. Exit and cancel are each called at most once:
///
/// | what happens | what is called |
/// |---|---|
/// | enter fails or panics | nothing |
/// | the body is left | exit, awaited |
/// | the future is dropped during enter | cancel, told [`Cancelled`](Outcome::Cancelled) |
/// | the future is dropped while the body is suspended | cancel, told `Cancelled` |
/// | the body panics | cancel, told [`Panicked`](Outcome::Panicked); under `=> catch` exit, awaited |
/// | the future is dropped during exit | cancel, told `Cancelled`, after the part of exit that has run |
/// | the future is dropped while the body is suspended, or the body panics, and a generator has entered the manager around its yield | exit, told so, up to its first await that is not ready; then cancel |
/// | a `return` that a foreign macro hides | cancel, told [`Failed`](Outcome::Failed); under `=> async`, `Cancelled` |
/// | the future is never polled, or leaked | nothing |
///
/// The managers further out follow, innermost first: sync ones get their exit, with `Cancelled`,
/// async ones their cancel.
///
/// ```
/// use std::io;
/// use cm_runtime::{AsyncContextManager, Mut, Outcome, with};
///
/// # struct Connection(Vec<&'static str>);
/// # impl Connection {
/// #     async fn send(&mut self, line: &'static str) -> io::Result<()> { self.0.push(line); Ok(()) }
/// #     fn hang_up(&mut self) { self.0.push("hung up"); }
/// # }
/// /// Says goodbye when it can, and hangs up when it cannot.
/// struct Session<'c>(&'c mut Connection);
///
/// impl AsyncContextManager for Session<'_> {
///     type Lends = Mut<Connection>;
///     type Exit = io::Result<()>;
///
///     async fn enter(&mut self) -> io::Result<&mut Connection> {
///         self.0.send("hello").await?;
///         Ok(self.0)
///     }
///     async fn exit(&mut self, outcome: Outcome<'_>) -> io::Result<()> {
///         self.0.send(if outcome.is_success() { "goodbye" } else { "sorry" }).await
///     }
///     fn cancel(&mut self, _: Outcome<'_>) {
///         self.0.hang_up();
///     }
/// }
///
/// async fn talk(connection: &mut Connection) -> io::Result<()> {
///     with! { async Session(connection)? as talk => {
///         talk.send("how are you").await?;
///     } }
///     Ok(())
/// }
/// # use std::future::Future;
/// # let mut connection = Connection(vec![]);
/// # {
/// #     let mut future = std::pin::pin!(talk(&mut connection));
/// #     let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// #     assert!(future.as_mut().poll(&mut context).is_ready());
/// # }
/// # assert_eq!(connection.0, ["hello", "how are you", "goodbye"]);
/// ```
///
/// No executor is needed, nothing is boxed, and the future is `Send` where the manager, what its
/// enter and exit keep across their awaits, and the body are.
///
/// # Generic code
/// Ask for [`AsyncManager`]: every `AsyncContextManager` that is [`Unpin`] is one, and so are async generators.
///
/// # Bounds and `Send`
/// When the compiler checks whether a future is `Send`, it has erased all lifetimes in it, even `'static`. An
/// impl whose bounds relate two lifetimes does not apply then, and the future cannot be spawned ("not general
/// enough", "higher-ranked lifetime error"). Such bounds are `F: FnOnce(T)` if `T` has a lifetime in it, and
/// `T: 'static` if `T` is a trait object.
///
/// The bounds of a function do not have this problem, since they are checked where it is called. So write the
/// manager as an `async fn` with `#[context_manager]`; or put the bound on the function that makes the manager,
/// not on the impl, and keep what the bound gives in a function pointer:
///
/// ```edition2021
/// use std::convert::Infallible;
/// use std::future::Future;
/// use cm_runtime::{AsyncContextManager, Mut, Outcome, with};
///
/// struct Releasing<T, F> {
///     held: Option<(T, F)>,
///     call: fn(F, T),
/// }
///
/// fn releasing<T, F: FnOnce(T)>(value: T, release: F) -> Releasing<T, F> {
///     Releasing { held: Some((value, release)), call: |release, value| release(value) }
/// }
///
/// impl<T, F> AsyncContextManager for Releasing<T, F> {
///     type Lends = Mut<Option<(T, F)>>;
///     type Exit = ();
///
///     async fn enter(&mut self) -> Result<&mut Option<(T, F)>, Infallible> {
///         Ok(&mut self.held)
///     }
///     async fn exit(&mut self, _: Outcome<'_>) {
///         if let Some((value, release)) = self.held.take() {
///             (self.call)(release, value);
///         }
///     }
/// }
///
/// struct Loan<'a>(&'a str);
///
/// impl Loan<'_> {
///     fn end(self) {}
/// }
///
/// fn spawn<F: Future + Send + 'static>(future: F) {
///     # drop(future);
///     // ..
/// }
///
/// spawn(async {
///     with! { async releasing(Loan("text"), Loan::end) as loan => {
///         std::future::ready(()).await;
///         assert!(loan.is_some());
///     } }
/// });
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an async context manager",
    label = "this has no async enter and exit",
    note = "implement `AsyncContextManager` for it, or write an `async fn` with `#[context_manager]`"
)]
#[doc(alias = "AbstractAsyncContextManager")]
pub trait AsyncContextManager {
    /// What `as name` binds: [`Owned<T>`](crate::Owned), [`Ref<T>`](crate::Ref),
    /// [`Mut<T>`](crate::Mut), or a family of one's own.
    type Lends: ?Sized + Lends;

    /// What exit returns; see [`Verdict`].
    type Exit: Verdict;

    /// Enters: acquires what has to be acquired, and lends it to the body. An `async fn` in impls.
    ///
    /// # Errors
    /// The same type as exit's error. Neither exit nor cancel is called after an error.
    fn enter(&mut self) -> impl Future<Output = Result<Lent<'_, Self::Lends>, AsyncErrorOf<Self>>>;

    /// Exits: awaited once after each enter that succeeded, when the body's locals and the lent
    /// value are gone. An `async fn` in impls.
    ///
    /// The outcome is an [`Outcome<'_>`](Outcome), or an `Outcome<'_, Typed>` for a verdict that can
    /// suppress, or is [`Inspecting`](crate::Inspecting). It can be kept across awaits; a boxed error in it
    /// that is not `Sync` is shown only on the thread where exit began.
    fn exit(&mut self, outcome: AsyncOutcomeOf<'_, Self>) -> impl Future<Output = Self::Exit>;

    /// Cleans up as far as possible without awaiting, for when exit cannot be awaited; see the table
    /// above. The default does nothing, and leaves the cleanup to the manager's `Drop`.
    fn cancel(&mut self, outcome: AsyncOutcomeOf<'_, Self>) {
        let _ = outcome;
    }

    /// Cancels, and returns exit's verdict if there is one: that of a generator whose code after the yield ran to
    /// its end without having to wait. The default calls [`cancel`](Self::cancel), and returns `None`.
    ///
    /// It is called in place of `cancel`. Implement it for a manager that can fail without awaiting, and for one
    /// [around another one](AsyncManager#an-async-manager-around-another-one), to return what that one returns. An
    /// error in the verdict is [lost](mod@crate::lost), and so reported.
    fn cancelled(&mut self, outcome: AsyncOutcomeOf<'_, Self>) -> Option<Self::Exit> {
        self.cancel(outcome);
        None
    }

    /// Whether exit's error replaces the body's, when both have failed; as
    /// [`ContextManager::exit_replaces`](crate::ContextManager::exit_replaces).
    fn exit_replaces(&mut self) -> bool {
        false
    }

    /// Called when exit's error cannot reach the caller, because the body has failed already; as
    /// [`ContextManager::lost`](crate::ContextManager::lost).
    fn lost(&mut self, lost: &LostError<'_>) {
        crate::lost::report(lost);
    }
}

/// What enter and exit of the [`AsyncContextManager`] `M` fail with.
///
/// ```
/// use cm_runtime::{AsyncContextManager, AsyncErrorOf};
/// async fn tried<M: AsyncContextManager>(manager: &mut M) -> Result<(), AsyncErrorOf<M>> {
///     manager.enter().await.map(drop)
/// }
/// ```
pub type AsyncErrorOf<M> = <<M as AsyncContextManager>::Exit as Verdict>::Error;

/// The outcome that the exit of the [`AsyncContextManager`] `M` is told, with the view that its
/// verdict gives.
///
/// ```
/// use cm_runtime::{AsyncContextManager, AsyncOutcomeOf, Outcome};
/// fn cancelled<M: AsyncContextManager>(manager: &mut M) {
///     let outcome: AsyncOutcomeOf<'_, M> = Outcome::Cancelled;
///     manager.cancel(outcome);
/// }
/// ```
pub type AsyncOutcomeOf<'a, M> = Outcome<'a, <<M as AsyncContextManager>::Exit as Verdict>::View>;

/// Cancels a manager for a caller that does not want the verdict: an error in it is reported as lost. The place
/// that is reported is that of this call, since where the manager was entered is not known here.
#[track_caller]
pub(crate) fn cancel<M: AsyncContextManager>(manager: &mut M, outcome: AsyncOutcomeOf<'_, M>) {
    let whose = Whose::new::<M>(Location::caller(), outcome.shown());
    if let Some(Err(error)) = manager.cancelled(outcome).map(Verdict::answer) {
        lose::<M::Exit>(error, |_| None, whose, |lost| manager.lost(lost));
    }
}

/// Anything that `with! { async .. }` can enter: the bound for generic code over async managers. It is sealed:
/// users implement [`AsyncContextManager`], and every one that is [`Unpin`] is an `AsyncManager`. So are async
/// generators.
///
/// ```
/// use cm_runtime::{AsyncManager, Mut, with};
///
/// async fn fill<M>(manager: M) -> std::io::Result<usize>
/// where
///     M: AsyncManager<Lends = Mut<Vec<u8>>, Exit = std::io::Result<()>>,
/// {
///     with! { async manager as bytes => {
///         bytes.push(1);
///         bytes.len()
///     } }
/// }
/// ```
///
/// # An async manager around another one
/// As with [sync ones](crate::Manager#a-manager-around-another-one), implement `AsyncContextManager` for a type with
/// an `M: AsyncContextManager` in it; in a `Pin<Box<_>>` generators are that too. Implement `cancelled`, not
/// `cancel`, and return what the inner one returns.
///
/// ```
/// use cm_runtime::{AsyncContextManager, AsyncErrorOf, AsyncOutcomeOf, Lent, LostError};
///
/// struct CountFailures<'c, M>(M, &'c mut u32);
///
/// impl<M: AsyncContextManager> CountFailures<'_, M> {
///     fn count(&mut self, outcome: &AsyncOutcomeOf<'_, M>) {
///         if !outcome.is_success() {
///             *self.1 += 1;
///         }
///     }
/// }
///
/// impl<M: AsyncContextManager> AsyncContextManager for CountFailures<'_, M> {
///     type Lends = M::Lends;
///     type Exit = M::Exit;
///
///     async fn enter(&mut self) -> Result<Lent<'_, M::Lends>, AsyncErrorOf<M>> {
///         self.0.enter().await
///     }
///     async fn exit(&mut self, outcome: AsyncOutcomeOf<'_, M>) -> M::Exit {
///         self.count(&outcome);
///         self.0.exit(outcome).await
///     }
///     fn cancelled(&mut self, outcome: AsyncOutcomeOf<'_, M>) -> Option<M::Exit> {
///         self.count(&outcome);
///         self.0.cancelled(outcome)
///     }
///     fn lost(&mut self, lost: &LostError<'_>) {
///         self.0.lost(lost);
///     }
///     fn exit_replaces(&mut self) -> bool {
///         self.0.exit_replaces()
///     }
/// }
/// # use cm_runtime::{context_manager, with};
/// # #[context_manager]
/// # async fn session() -> Result<(), String> {
/// #     yield_!();
/// #     Err("hung up".into())
/// # }
/// # use std::future::Future;
/// # let mut failures = 0;
/// # let ((), lost) = cm_runtime::lost::capture(|| {
/// #     let mut block = Box::pin(async {
/// #         with! { async CountFailures(Box::pin(session()), &mut failures) => { std::future::pending().await } }
/// #     });
/// #     let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// #     let poll: std::task::Poll<Result<(), String>> = block.as_mut().poll(&mut context);
/// #     assert!(poll.is_pending());
/// # });
/// # assert_eq!((failures, &*lost[0].error), (1, "\"hung up\""));
/// ```
///
/// # Generic code and `Send`
/// There is no bound that says that the futures of an `M: AsyncManager` are `Send`. Mostly none is needed: whether
/// the future of a generic function is `Send` is found out where the function is called. But the compiler does not
/// look into a returned `impl AsyncManager`. So a function whose callers spawn tasks names the type that it
/// returns; for a generator that is [`AsyncGenerator<_, impl Future<..>>`](crate::AsyncGenerator).
///
/// A generic function that needs `Send` itself, for an [`AsyncExitStack`](crate::AsyncExitStack),
/// [`boxed`](crate::AsyncGenerator::boxed) or a task, takes generators, whose future is a type parameter. Its
/// callers enter any other manager around the yield of a generator.
///
#[cfg_attr(feature = "std", doc = "```")]
#[cfg_attr(not(feature = "std"), doc = "```ignore")]
/// use std::future::Future;
/// use cm_runtime::exit_stack::BoxError;
/// use cm_runtime::{AsyncExitStack, AsyncGenerator, Mut};
///
/// async fn enter_all<'s, T, F>(
///     stack: &'s AsyncExitStack<'static>,
///     managers: Vec<AsyncGenerator<Mut<T>, F>>,
/// ) -> Result<Vec<&'s mut T>, BoxError>
/// where
///     T: Send + 'static,
///     F: Future<Output = std::io::Result<()>> + Send + 'static,
/// {
///     let mut lent = Vec::new();
///     for manager in managers {
///         lent.push(stack.enter(manager).await?);
///     }
///     Ok(lent)
/// }
/// # fn named<T: Send + 'static>(stack: &AsyncExitStack<'static>) {
/// #     drop(enter_all::<T, std::future::Ready<std::io::Result<()>>>(stack, vec![]));
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an async context manager",
    label = "this cannot be entered with `async`",
    note = "implement `AsyncContextManager` for it, or enter something that is one; a `Result` of one takes a `?`, and a future of one an `.await`; a manager that does not await is entered without the `async`, and by the `enter_sync` of an `AsyncExitStack`"
)]
pub trait AsyncManager: sealed::Sealed {
    /// What `as name` binds; see [`AsyncContextManager::Lends`].
    type Lends: ?Sized + Lends;

    /// What exit returns; see [`Verdict`].
    type Exit: Verdict;

    #[doc(hidden)]
    fn drive_enter(
        self: Pin<&mut Self>,
    ) -> impl Future<Output = Result<Lent<'_, Self::Lends>, AsyncManagerError<Self>>>;

    #[doc(hidden)]
    fn drive_exit(
        self: Pin<&mut Self>,
        outcome: AsyncManagerOutcome<'_, Self>,
    ) -> impl Future<Output = Self::Exit>;

    /// As [`AsyncContextManager::cancelled`].
    #[doc(hidden)]
    fn drive_cancel(
        self: Pin<&mut Self>,
        outcome: AsyncManagerOutcome<'_, Self>,
    ) -> Option<Self::Exit>;

    #[doc(hidden)]
    fn drive_lost(self: Pin<&mut Self>, lost: &LostError<'_>);

    /// As [`Manager::drive_replaces`](crate::Manager::drive_replaces).
    #[doc(hidden)]
    #[inline]
    #[must_use]
    fn drive_replaces(self: Pin<&mut Self>) -> bool {
        false
    }

    /// Runs `body` between enter and exit: `with! { async .. }` for those who want no macro.
    ///
    /// `?` and `return` end the closure. A closure that returns a `Result` is refused, as by
    /// [`Manager::with`](crate::Manager::with): for it there is [`try_with`](Self::try_with).
    ///
    /// If the lent type has a lifetime in it (`&mut Vec<&str>`; also that of a trait object, as in
    /// `&mut Box<dyn Fn()>`), the compiler cannot see that the future is `Send` ("not general enough"), as for
    /// every function that takes such an async closure. `with!` does not have this problem.
    ///
    /// # Errors
    /// As the verdict says: see the table at [`Verdict`].
    ///
    /// # Panics
    /// If `body` does, after cancel has run.
    ///
    /// ```
    /// # use std::convert::Infallible;
    /// # use std::future::Future;
    /// use cm_runtime::{AsyncContextManager, AsyncManager, Outcome, Owned};
    /// # struct Seven;
    /// # impl AsyncContextManager for Seven {
    /// #     type Lends = Owned<u8>;
    /// #     type Exit = ();
    /// #     async fn enter(&mut self) -> Result<u8, Infallible> { Ok(7) }
    /// #     async fn exit(&mut self, _: Outcome<'_>) {}
    /// # }
    /// # let run = async {
    /// let doubled = Seven.with(async |seven| seven * 2).await;
    /// assert_eq!(doubled, 14);
    /// # };
    /// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    /// # assert!(std::pin::pin!(run).poll(&mut context).is_ready());
    /// ```
    #[track_caller]
    fn with<T, F, UseTryWithForAResult>(
        self,
        body: F,
    ) -> impl Future<Output = <Self::Exit as Verdict>::Block<T>>
    where
        Self: Sized,
        F: AsyncFnOnce(Lent<'_, Self::Lends>) -> T,
        crate::closure::Body<T>: crate::closure::NotAResultOrElseUseTryWith<UseTryWithForAResult>,
    {
        async_closure::with(self, body)
    }

    /// Runs `body` between enter and exit; an `Err` that it returns is a failure, as in `with!`. What exit sees of the
    /// error is said at [`Manager::try_with`](crate::Manager::try_with).
    ///
    /// # Errors
    /// As the verdict says, for a block of type `Result<T, E>`: see the table at [`Verdict`].
    ///
    /// # Panics
    /// If `body` does, after cancel has run.
    ///
    /// ```
    /// # use std::convert::Infallible;
    /// # use std::future::Future;
    /// use cm_runtime::{AsyncContextManager, AsyncManager, Outcome, Owned};
    /// # struct Seven;
    /// # impl AsyncContextManager for Seven {
    /// #     type Lends = Owned<u8>;
    /// #     type Exit = ();
    /// #     async fn enter(&mut self) -> Result<u8, Infallible> { Ok(7) }
    /// #     async fn exit(&mut self, outcome: Outcome<'_>) { assert!(!outcome.is_success()) }
    /// # }
    /// # let run = async {
    /// let sum = Seven.try_with(async |seven| Ok(seven + "x".parse::<u8>()?)).await;
    /// assert!(matches!(sum, Err::<u8, std::num::ParseIntError>(_)));
    /// # };
    /// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    /// # assert!(std::pin::pin!(run).poll(&mut context).is_ready());
    /// ```
    #[track_caller]
    fn try_with<'e, T, E, F>(
        self,
        body: F,
    ) -> impl Future<Output = <Self::Exit as Verdict>::Block<Result<T, E>>>
    where
        Self: Sized,
        F: AsyncFnOnce(Lent<'_, Self::Lends>) -> Result<T, E>,
        E: 'e,
        <Self::Exit as Verdict>::View: Sees<'e>,
    {
        async_closure::try_with(self, body)
    }

    /// Wraps the manager, so that `listener` is called with the errors that its exit [loses](crate::lost).
    ///
    /// # Panics
    /// The block panics if `listener` does. While another panic unwinds, that of the listener is caught.
    ///
    /// ```
    /// use cm_runtime::AsyncManager;
    /// fn logged<M: AsyncManager>(manager: M) -> impl AsyncManager<Lends = M::Lends> {
    ///     manager.on_lost(|lost| eprintln!("{lost}"))
    /// }
    /// ```
    fn on_lost<F>(self, listener: F) -> OnLost<Self, F>
    where
        Self: Sized,
        F: FnMut(&LostError<'_>),
    {
        OnLost::new(self, listener)
    }
}

pub(crate) type AsyncManagerError<M> = <<M as AsyncManager>::Exit as Verdict>::Error;

pub(crate) type AsyncManagerOutcome<'a, M> =
    Outcome<'a, <<M as AsyncManager>::Exit as Verdict>::View>;

pub(crate) mod sealed {
    #[diagnostic::on_unimplemented(
        message = "`AsyncManager` is not implemented by hand",
        label = "implement `AsyncContextManager` for this",
        note = "every `AsyncContextManager` that is `Unpin` is an `AsyncManager`"
    )]
    pub trait Sealed {}
    impl<M: super::AsyncContextManager + Unpin + ?Sized> Sealed for M {}
    impl<M: super::AsyncManager> Sealed for Option<M> {}
}

#[diagnostic::do_not_recommend]
impl<M: AsyncContextManager + Unpin + ?Sized> AsyncManager for M {
    type Lends = M::Lends;
    type Exit = M::Exit;

    #[inline]
    fn drive_enter(
        self: Pin<&mut Self>,
    ) -> impl Future<Output = Result<Lent<'_, Self::Lends>, AsyncManagerError<Self>>> {
        self.get_mut().enter()
    }

    #[inline]
    fn drive_exit(
        self: Pin<&mut Self>,
        outcome: AsyncManagerOutcome<'_, Self>,
    ) -> impl Future<Output = Self::Exit> {
        self.get_mut().exit(outcome)
    }

    #[inline]
    fn drive_cancel(
        self: Pin<&mut Self>,
        outcome: AsyncManagerOutcome<'_, Self>,
    ) -> Option<Self::Exit> {
        self.get_mut().cancelled(outcome)
    }

    #[inline]
    fn drive_lost(self: Pin<&mut Self>, lost: &LostError<'_>) {
        self.get_mut().lost(lost);
    }

    #[inline]
    fn drive_replaces(self: Pin<&mut Self>) -> bool {
        self.get_mut().exit_replaces()
    }
}
