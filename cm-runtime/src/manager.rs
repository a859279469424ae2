//! `ContextManager`, the trait that users implement, and `Manager`, the one that `with!` drives.

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
/// A manager that is entered by value is moved into the block. To use one again, enter `&mut m`. (A manager that
/// consumes what it holds, as [`guard`](crate::contextlib::guard) does, panics when it is entered again.) A type
/// that can be entered while it is already entered implements the trait for `&M`.
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
/// Ask for [`Manager`]: every `ContextManager` that is [`Unpin`] is one, and so are generators. `with!`
/// does not accept a mere `M: ContextManager`.
///
/// # Bounds and `Send`
/// An async block with a concrete manager can be spawned, whatever bounds the manager's impl has. If the
/// manager is a type parameter, or is entered by an [`AsyncExitStack`](crate::AsyncExitStack), bounds that relate
/// lifetimes get in the way: see [async managers](crate::AsyncContextManager#bounds-and-send). There are two ways
/// out: a type parameter for what is lent, as `L` here; and for stacks, a generator around the manager.
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
#[doc(alias = "AbstractContextManager")]
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
    fn entered_span(&mut self) -> Option<&tracing::Span> {
        None
    }

    /// Whether exit's error replaces the body's, when both have failed. The default is `false`: the body's
    /// error goes on, and exit's is [lost](Self::lost). The answer counts only after an exit that has failed.
    ///
    /// It is `true` for a manager that first suppresses the body's failure and then fails, as an
    /// [`ExitStack`](crate::ExitStack) can: the newer error goes on, as in Python. A manager
    /// [around another one](Manager#a-manager-around-another-one) returns what that one does.
    fn exit_replaces(&mut self) -> bool {
        false
    }

    /// Called when exit's error cannot reach the caller, because the body has failed already; and when exit has
    /// panicked while the body's panic unwinds.
    ///
    /// The default passes it on to the [capture](mod@crate::lost) that is running, or else to the
    /// [hook](crate::set_lost_error_hook). [`on_lost`](Manager::on_lost) calls a closure instead.
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
/// /// The outcome is passed on to the inner manager, which sees it with the same view.
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

/// Anything that `with!` can enter: the bound for generic code over managers. It is sealed: users implement
/// [`ContextManager`], and every `ContextManager` that is [`Unpin`] is a `Manager`. So are generators.
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
/// If `Exit` is left open, the type of the block is `<M::Exit as Verdict>::Block<T>`, and an error
/// that leaves the body must be `'static`, since the manager may ask for its type.
///
/// To enter a manager several times, such as a field of a struct, ask for [`Unpin`] as well, and enter a `&mut`:
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
/// A boxed manager is a manager; the box is pinned if some of them are generators. Without generators
/// `Box<dyn ContextManager<Lends = Owned<()>, Exit = ()> + Unpin>` will do as well.
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
/// To wrap another manager, implement `ContextManager` for a type with an `M: ContextManager` in it, call the
/// inner enter and exit, and pass on the other two methods as well, as below. Generators, `Option`s and
/// [`ExitStack`](crate::ExitStack)s are `Manager`s only, but in a `Pin<Box<_>>` they are `ContextManager`s too. So a
/// function that takes any `M: Manager` makes a `CountFailures<Pin<Box<M>>>`.
///
/// Write a wrapper by hand for one inner manager only. To enter several (the second from what the first lends,
/// or a list of them), or to retry an enter, write a function with
/// [`#[context_manager]`](macro@crate::context_manager) and enter them around its yield: there each exit is told
/// what the exits further in have made of the outcome. If their number is known only at run time, put them into an
/// [`ExitStack`](crate::ExitStack) around the yield. A wrapper has to do all that itself: where the second manager
/// cannot be entered it tells the first one's exit [`Outcome::failed`], and handles the answer.
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
    note = "in generic code ask for `M: Manager<Lends = Mut<T>, Exit = ()>`, in a box for `Pin<Box<dyn Manager<..>>>`; if it can fail with an `E`, that has to be `Debug`"
)]
pub trait Manager: sealed::Sealed {
    /// What `as name` binds; see [`ContextManager::Lends`].
    type Lends: ?Sized + Lends;

    /// What exit returns; see [`Verdict`].
    type Exit: Verdict;

    #[doc(hidden)]
    #[track_caller]
    fn drive_enter(self: Pin<&mut Self>) -> Result<Lent<'_, Self::Lends>, ManagerError<Self>>;

    #[doc(hidden)]
    fn drive_exit(self: Pin<&mut Self>, outcome: ManagerOutcome<'_, Self>) -> Self::Exit;

    #[doc(hidden)]
    fn drive_lost(self: Pin<&mut Self>, lost: &LostError<'_>);

    #[doc(hidden)]
    #[cfg(feature = "tracing")]
    #[inline]
    #[must_use]
    fn drive_span(self: Pin<&mut Self>) -> Option<&tracing::Span> {
        None
    }

    /// As [`ContextManager::exit_replaces`].
    #[doc(hidden)]
    #[inline]
    #[must_use]
    fn drive_replaces(self: Pin<&mut Self>) -> bool {
        false
    }

    /// Runs `body` between enter and exit: `with!` for those who want no macro.
    ///
    /// A closure has its own control flow: `?` and `return` end the closure. For a body that can fail there is
    /// [`try_with`](Self::try_with). A closure that returns a `Result` is refused here ("type annotations
    /// needed"), so that a failure cannot pass for a success.
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
    /// Unlike in `with!`, exit does not see the error as a `dyn Error`, since only the macro can find out
    /// whether `E` implements `Error`. An exit whose verdict lets it ask for types can still ask whether the
    /// error is of a given type, and it does see a `Box<dyn Error>`, with or without `Send` and `Sync`, and with the
    /// feature `anyhow` an `anyhow::Error`.
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

    /// Wraps the manager, so that `listener` is called with the errors that its exit [loses](crate::lost).
    ///
    /// # Panics
    /// The block panics if `listener` does. While another panic unwinds, that of the listener is caught.
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

pub(crate) type ManagerError<M> = <<M as Manager>::Exit as Verdict>::Error;

pub(crate) type ManagerOutcome<'a, M> = Outcome<'a, <<M as Manager>::Exit as Verdict>::View>;

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
    fn drive_span(self: Pin<&mut Self>) -> Option<&tracing::Span> {
        self.get_mut().entered_span()
    }
}
