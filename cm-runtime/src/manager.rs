//! The trait that people implement, and the one that `with!` drives.

use core::pin::Pin;

use crate::closure;
use crate::lends::{Lends, Lent};
use crate::lost::LostError;
use crate::on_lost::OnLost;
use crate::outcome::{Outcome, Sees};
use crate::verdict::Verdict;

/// A context manager: something with an enter and an exit.
///
/// [`enter`](Self::enter) runs before the body and hands out what `as name` binds.
/// [`exit`](Self::exit) runs after it, exactly once, however the body is left, and is told how. Its
/// return type is the manager's [`Verdict`]: it decides whether exit can fail or suppress, and
/// with it the type of the block.
///
/// | Python | here |
/// |---|---|
/// | `__enter__` | [`enter`](Self::enter); when it fails, exit is not called |
/// | `__exit__(type, value, traceback)` | [`exit`](Self::exit) with an [`Outcome`] |
/// | `return True` from `__exit__` | [`Suppress::Yes`](crate::Suppress) |
/// | single use, reusable, re-entrant (documented) | a manager by value, `&mut m`, `&m` (checked) |
///
/// Entering by value uses the manager up. To use one again, enter `&mut m`; one that consumes what it
/// holds, as [`guard`](crate::contextlib::guard) does, panics then. A manager that may be entered while it
/// is entered implements the trait for `&M`.
///
/// ```
/// use std::fs::File;
/// use std::io::{self, BufWriter, Write};
/// use cm_runtime::{ContextManager, Mut, Outcome, with};
///
/// /// A file whose flush and sync errors reach the caller.
/// struct Durable(BufWriter<File>);
///
/// impl ContextManager for Durable {
///     type Lends = Mut<BufWriter<File>>;
///     type Exit = io::Result<()>;
///
///     fn enter(&mut self) -> io::Result<&mut BufWriter<File>> {
///         Ok(&mut self.0)
///     }
///     fn exit(&mut self, outcome: Outcome<'_>) -> io::Result<()> {
///         if outcome.is_success() {
///             self.0.flush()?;
///             self.0.get_ref().sync_all()?;
///         }
///         Ok(())
///     }
/// }
///
/// fn create(path: &std::path::Path) -> io::Result<Durable> {
///     Ok(Durable(BufWriter::new(File::create(path)?)))
/// }
///
/// # fn main() -> io::Result<()> {
/// # let path = std::env::temp_dir().join(format!("cm-doc-{}", std::process::id()));
/// with! { create(&path)? as file => {
///     writeln!(file, "on disk when the block ends")?;
/// } }
/// # std::fs::remove_file(path)
/// # }
/// ```
///
/// # Generic code
/// Ask for [`Manager`], which every `ContextManager` that is [`Unpin`] is, and generators are too. `with!`
/// does not take a mere `M: ContextManager`.
///
/// # Bounds and `Send`
/// An async block with a manager can be spawned, whatever the bounds of the manager's impl. Behind a type
/// parameter, and in an [`AsyncExitStack`](crate::AsyncExitStack), it cannot if they relate lifetimes: see
/// [async managers](crate::AsyncContextManager#bounds-and-send). An async function that names what is lent
/// can, and so can a stack with a function around the manager:
///
/// ```
/// use cm_runtime::{Lends, Manager, Mut, context_manager, with};
///
/// async fn entered<M, L>(manager: M)
/// where
///     M: Manager<Lends = L, Exit = ()>,
///     L: ?Sized + Lends,
/// {
///     with! { manager as lent => {
///         std::future::ready(()).await;
///         drop(lent);
///     } }
/// }
///
/// #[context_manager(yields = &mut T)]
/// fn around<M, T>(manager: M)
/// where
///     M: Manager<Lends = Mut<T>, Exit = ()>,
/// {
///     with! { manager as value => { yield_!(value); } }
/// }
/// # drop(entered(around(cm_runtime::contextlib::nullcontext(1))));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a context manager",
    label = "this has no enter and exit",
    note = "implement `ContextManager` for it, or write a function with `#[context_manager]`",
    note = "such a function's `Generator` is entered by `with!` or by the `enter` of a stack, and not exited without that",
    note = "in generic code ask for `M: Manager`, in a box for `Pin<Box<dyn Manager<..>>>`; a manager around another one asks for `M: ContextManager`, which a generator is in a `Box::pin(..)`"
)]
pub trait ContextManager {
    /// What `as name` binds: [`Owned<T>`](crate::Owned), [`Ref<T>`](crate::Ref),
    /// [`Mut<T>`](crate::Mut), or a family of one's own.
    type Lends: ?Sized + Lends;

    /// What exit returns; see [`Verdict`].
    type Exit: Verdict;

    /// Enters: acquires what has to be acquired, and lends it to the body.
    ///
    /// # Errors
    /// The same type as exit's error. Exit is not called after an error.
    fn enter(&mut self) -> Result<Lent<'_, Self::Lends>, ErrorOf<Self>>;

    /// Exits: called once after each enter that succeeded, when the body's locals and the lent
    /// value are gone.
    ///
    /// The outcome is an [`Outcome<'_>`](Outcome), or an `Outcome<'_, Typed>` for a verdict that can
    /// suppress, or is [`Inspecting`](crate::Inspecting).
    fn exit(&mut self, outcome: OutcomeOf<'_, Self>) -> Self::Exit;

    /// A span that is entered between enter and exit, and is left while the body is suspended.
    #[doc(hidden)]
    #[cfg(feature = "tracing")]
    fn entered_span(&self) -> Option<&tracing::Span> {
        None
    }

    /// Whether the error that exit has returned goes on in the place of the body's, although the body
    /// has failed. It is asked after such an exit; `false` by default: then exit's error is
    /// [lost](Self::lost).
    ///
    /// It is `true` for what suppresses the body's failure first and fails then, as an
    /// [`ExitStack`](crate::ExitStack) can: what goes on is the newer error, as in Python. A manager
    /// [around another one](Manager#a-manager-around-another-one) hands its answer on.
    fn exit_replaces(&mut self) -> bool {
        false
    }

    /// Told when exit's error cannot reach the caller, because the body has failed already; and when exit has
    /// panicked while the body's panic unwinds.
    ///
    /// The default hands it to the [hook](crate::set_lost_error_hook), or to the
    /// [capture](mod@crate::lost) that runs; [`on_lost`](Manager::on_lost) puts a closure here.
    fn lost(&mut self, lost: &LostError<'_>) {
        crate::lost::report(lost);
    }
}

/// What enter and exit of the [`ContextManager`] `M` fail with: `E` of its verdict, or `Infallible`.
///
/// ```
/// use std::convert::Infallible;
/// use std::sync::Mutex;
/// fn never(error: cm_runtime::ErrorOf<&Mutex<u8>>) -> Infallible {
///     error
/// }
/// ```
pub type ErrorOf<M> = <<M as ContextManager>::Exit as Verdict>::Error;

/// The outcome that the exit of the [`ContextManager`] `M` is told, with the view that its verdict
/// gives.
///
/// ```
/// use cm_runtime::{ContextManager, Lent, OutcomeOf};
/// # use cm_runtime::ErrorOf;
/// /// Exits of an inner manager are handed on with the same view.
/// struct Counted<M>(M, usize);
/// impl<M: ContextManager> ContextManager for Counted<M> {
///     type Lends = M::Lends;
///     type Exit = M::Exit;
///     fn enter(&mut self) -> Result<Lent<'_, M::Lends>, ErrorOf<M>> {
///         self.1 += 1;
///         self.0.enter()
///     }
///     fn exit(&mut self, outcome: OutcomeOf<'_, M>) -> M::Exit {
///         self.0.exit(outcome)
///     }
/// }
/// ```
pub type OutcomeOf<'a, M> = Outcome<'a, <<M as ContextManager>::Exit as Verdict>::View>;

/// What `with!` drives, and *the* bound for generic code over managers. Sealed: people implement
/// [`ContextManager`], and every one that is [`Unpin`] is a `Manager`.
///
/// A function over anything that lends a `&mut File`, managers that borrow included:
///
/// ```
/// use std::fs::File;
/// use std::io::{self, Write};
/// use cm_runtime::{Manager, Mut, with};
///
/// fn stamp<M>(manager: M) -> io::Result<()>
/// where
///     M: Manager<Lends = Mut<File>, Exit = io::Result<()>>,
/// {
///     with! { manager? as file => {
///         file.write_all(b"stamp\n")?;
///     } }
///     Ok(())
/// }
/// ```
///
/// Where the verdict is left open, the block is `<M::Exit as Verdict>::Block<T>`, and an error
/// that leaves the body must be `'static`, since the manager may be one that asks for its type.
///
/// To enter one several times, as a field of a struct, ask for [`Unpin`] as well, and enter `&mut`:
///
/// ```
/// use cm_runtime::contextlib::nullcontext;
/// use cm_runtime::{Manager, Mut, with};
///
/// struct Service<M> {
///     session: M,
///     calls: u32,
/// }
///
/// impl<M, T> Service<M>
/// where
///     M: Manager<Lends = Mut<T>, Exit = ()> + Unpin,
/// {
///     fn call<R>(&mut self, body: impl FnOnce(&mut T) -> R) -> R {
///         with! { &mut self.session as session => {
///             self.calls += 1; // the other fields can be used
///             body(session)
///         } }
///     }
/// }
///
/// let mut service = Service { session: nullcontext(1), calls: 0 };
/// assert_eq!((service.call(|n| *n + 1), service.call(|n| *n + 2)), (2, 3));
/// assert_eq!(service.calls, 2);
/// ```
///
/// # Managers of different types in one list
/// A box of any manager is one, pinned if there are generators among them. Without generators
/// `Box<dyn ContextManager<Lends = Owned<()>, Exit = ()> + Unpin>` does as well.
///
/// ```
/// use std::pin::Pin;
/// use std::sync::Mutex;
/// use cm_runtime::{ExitStack, Manager, Owned, context_manager, with};
/// # use std::convert::Infallible;
/// # use cm_runtime::{ContextManager, Outcome};
/// # struct Counted<'c>(&'c Mutex<u32>);
/// # impl ContextManager for Counted<'_> {
/// #     type Lends = Owned<()>;
/// #     type Exit = ();
/// #     fn enter(&mut self) -> Result<(), Infallible> { Ok(()) }
/// #     fn exit(&mut self, _: Outcome<'_>) { *self.0.lock().unwrap() += 1 }
/// # }
///
/// type Any<'a> = Pin<Box<dyn Manager<Lends = Owned<()>, Exit = ()> + 'a>>;
///
/// #[context_manager]
/// fn logged<'l>(log: &'l Mutex<Vec<String>>, name: &'l str) {
///     log.lock().unwrap().push(format!("enter {name}"));
///     yield_!();
///     log.lock().unwrap().push(format!("exit {name}"));
/// }
///
/// let (log, count) = (Mutex::new(vec![]), Mutex::new(0));
/// let list: Vec<Any<'_>> = vec![Box::pin(logged(&log, "a")), Box::pin(Counted(&count))];
/// with! { ExitStack::<()>::with_verdict() as stack => {
///     for manager in list {
///         stack.enter(manager);
///     }
/// } }
/// assert_eq!(*log.lock().unwrap(), ["enter a", "exit a"]);
/// assert_eq!(*count.lock().unwrap(), 1);
/// ```
///
/// # A manager around another one
/// It is a `ContextManager` over any other, which it enters and exits by hand, and whose other answers it
/// hands on. What is a `Manager` only, as a generator, an `Option` or an [`ExitStack`](crate::ExitStack), is a
/// `ContextManager` in a pinned box; so a function that takes any manager asks for `M: Manager`, and makes a
/// `CountFailures<Pin<Box<M>>>`.
///
/// It enters one manager. What enters several (a second one that is made of what the first lends, a list), or
/// tries to enter until that works, is written with [`#[context_manager]`](macro@crate::context_manager), around
/// whose yield each exit is told of the others; those whose number is not known are in an
/// [`ExitStack`](crate::ExitStack) there. By hand there is no failure that an exit could be told.
///
/// ```
/// use cm_runtime::{ContextManager, ErrorOf, Lent, LostError, OutcomeOf, context_manager, with};
///
/// struct CountFailures<'c, M>(M, &'c mut u32);
///
/// impl<M: ContextManager> ContextManager for CountFailures<'_, M> {
///     type Lends = M::Lends;
///     type Exit = M::Exit;
///
///     fn enter(&mut self) -> Result<Lent<'_, M::Lends>, ErrorOf<M>> {
///         self.0.enter()
///     }
///     fn exit(&mut self, outcome: OutcomeOf<'_, M>) -> M::Exit {
///         if !outcome.is_success() {
///             *self.1 += 1;
///         }
///         self.0.exit(outcome)
///     }
///     fn lost(&mut self, lost: &LostError<'_>) {
///         self.0.lost(lost);
///     }
///     fn exit_replaces(&mut self) -> bool {
///         self.0.exit_replaces()
///     }
/// }
///
/// #[context_manager(yields = &str)]
/// fn word() {
///     yield_!("seven");
/// }
///
/// let mut failures = 0;
/// let parsed = with! { CountFailures(Box::pin(word()), &mut failures) as word => { word.parse::<u8>() } };
/// assert!(parsed.is_err());
/// assert_eq!(failures, 1);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a context manager",
    label = "this cannot be entered",
    note = "implement `ContextManager` for it, or enter something that is one; a `Result` of a manager takes a `?`, and an async manager is for `with! {{ async .. }}` or the `enter` of an `AsyncExitStack`",
    note = "if it implements `ContextManager`, it has to be `Unpin` too, and so has what a `&mut` points to: put a generator that it holds into a `Box::pin(..)`",
    note = "in generic code ask for `M: Manager<Lends = Mut<T>, Exit = ()>`, in a box for `Pin<Box<dyn Manager<..>>>`"
)]
pub trait Manager: sealed::Sealed {
    /// What `as name` binds; see [`ContextManager::Lends`].
    type Lends: ?Sized + Lends;

    /// What exit returns; see [`Verdict`].
    type Exit: Verdict;

    #[doc(hidden)]
    fn drive_enter(self: Pin<&mut Self>) -> Result<Lent<'_, Self::Lends>, ManagerError<Self>>;

    #[doc(hidden)]
    fn drive_exit(self: Pin<&mut Self>, outcome: ManagerOutcome<'_, Self>) -> Self::Exit;

    #[doc(hidden)]
    fn drive_lost(self: Pin<&mut Self>, lost: &LostError<'_>);

    #[doc(hidden)]
    #[cfg(feature = "tracing")]
    #[inline]
    #[must_use]
    fn drive_span(self: Pin<&Self>) -> Option<&tracing::Span> {
        None
    }

    /// Whether the error that exit has returned replaces the failure that it was told: a stack of
    /// managers can suppress that, and fail afterwards.
    #[doc(hidden)]
    #[inline]
    #[must_use]
    fn drive_replaces(self: Pin<&mut Self>) -> bool {
        false
    }

    /// Runs `body` between enter and exit: `with!` for those who want no macro.
    ///
    /// A closure has its own control flow: `?` and `return` end the closure. The value is never an
    /// `Err`: for a body that can fail there is [`try_with`](Self::try_with), and a closure that
    /// returns a `Result` is refused here (type annotations needed), so that a failure cannot
    /// pass for success.
    ///
    /// # Errors
    /// As the verdict says: see the table at [`Verdict`].
    ///
    /// # Panics
    /// If `body` does, after exit has run.
    ///
    /// ```
    /// use std::sync::Mutex;
    /// use cm_runtime::Manager;
    /// let counter = Mutex::new(1);
    /// let before = (&counter).with(|mut count| {
    ///     *count += 1;
    ///     *count - 1
    /// });
    /// assert_eq!((before, *counter.lock().unwrap()), (1, 2));
    /// ```
    ///
    /// ```compile_fail,E0283
    /// use std::sync::Mutex;
    /// use cm_runtime::Manager;
    /// let counter = Mutex::new(1);
    /// (&counter).with(|count| "2".parse().map(|n: i32| *count = n));
    /// ```
    #[track_caller]
    fn with<T, F, UseTryWithForAResult>(self, body: F) -> <Self::Exit as Verdict>::Block<T>
    where
        Self: Sized,
        F: FnOnce(Lent<'_, Self::Lends>) -> T,
        closure::Body<T>: closure::NotAResultOrElseUseTryWith<UseTryWithForAResult>,
    {
        closure::with(self, body)
    }

    /// Runs `body` between enter and exit; an `Err` that it returns is a failure, as in `with!`.
    ///
    /// Exit can ask for the type of the error if its verdict lets it. As a `dyn Error`, with its
    /// [`source`](core::error::Error::source), it is not shown (only the macro can find out whether it is
    /// one), but for a `Box<dyn Error>`, also one that is `Send`, or `Send` and `Sync`, where exit can ask
    /// for types.
    ///
    /// # Errors
    /// As the verdict says, for a block of type `Result<T, E>`: see the table at [`Verdict`].
    ///
    /// # Panics
    /// If `body` does, after exit has run.
    ///
    /// ```
    /// use std::sync::Mutex;
    /// use cm_runtime::Manager;
    /// let counter = Mutex::new(1);
    /// let parsed = (&counter).try_with(|mut count| {
    ///     *count = "2".parse()?;
    ///     Ok::<_, std::num::ParseIntError>(())
    /// });
    /// assert!(parsed.is_ok());
    /// ```
    #[track_caller]
    fn try_with<'e, T, E, F>(self, body: F) -> <Self::Exit as Verdict>::Block<Result<T, E>>
    where
        Self: Sized,
        F: FnOnce(Lent<'_, Self::Lends>) -> Result<T, E>,
        E: 'e,
        <Self::Exit as Verdict>::View: Sees<'e>,
    {
        closure::try_with(self, body)
    }

    /// The same manager with a listener for the errors that its exit loses; see [`lost`](crate::lost).
    ///
    /// ```
    /// # use std::convert::Infallible;
    /// # use cm_runtime::{ContextManager, Outcome, Owned};
    /// use cm_runtime::{Manager, with};
    /// # struct Sour;
    /// # impl ContextManager for Sour {
    /// #     type Lends = Owned<()>;
    /// #     type Exit = Result<(), &'static str>;
    /// #     fn enter(&mut self) -> Result<(), &'static str> { Ok(()) }
    /// #     fn exit(&mut self, _: Outcome<'_>) -> Result<(), &'static str> { Err("disk full") }
    /// # }
    /// let mut lines = Vec::new();
    /// let block = with! { Sour.on_lost(|lost| lines.push(lost.to_string())) => {
    ///     "x".parse::<u8>()
    /// } };
    /// assert!(block.unwrap().is_err());
    /// assert!(lines[0].contains("disk full"));
    /// ```
    fn on_lost<F>(self, listener: F) -> OnLost<Self, F>
    where
        Self: Sized,
        F: FnMut(&LostError<'_>),
    {
        OnLost::new(self, listener)
    }
}

#[doc(hidden)]
pub type ManagerError<M> = <<M as Manager>::Exit as Verdict>::Error;

#[doc(hidden)]
pub type ManagerOutcome<'a, M> = Outcome<'a, <<M as Manager>::Exit as Verdict>::View>;

pub(crate) mod sealed {
    #[diagnostic::on_unimplemented(
        message = "`Manager` is not implemented by hand",
        label = "implement `ContextManager` for this",
        note = "every `ContextManager` that is `Unpin` is a `Manager`"
    )]
    pub trait Sealed {}
    impl<M: super::ContextManager + Unpin + ?Sized> Sealed for M {}
    impl<M: super::Manager> Sealed for Option<M> {}
}

#[diagnostic::do_not_recommend]
impl<M: ContextManager + Unpin + ?Sized> Manager for M {
    type Lends = M::Lends;
    type Exit = M::Exit;

    #[inline]
    fn drive_enter(self: Pin<&mut Self>) -> Result<Lent<'_, Self::Lends>, ManagerError<Self>> {
        self.get_mut().enter()
    }

    #[inline]
    fn drive_exit(self: Pin<&mut Self>, outcome: ManagerOutcome<'_, Self>) -> Self::Exit {
        self.get_mut().exit(outcome)
    }

    #[inline]
    fn drive_lost(self: Pin<&mut Self>, lost: &LostError<'_>) {
        self.get_mut().lost(lost);
    }

    #[inline]
    fn drive_replaces(self: Pin<&mut Self>) -> bool {
        self.get_mut().exit_replaces()
    }

    #[cfg(feature = "tracing")]
    #[inline]
    fn drive_span(self: Pin<&Self>) -> Option<&tracing::Span> {
        self.get_ref().entered_span()
    }
}
