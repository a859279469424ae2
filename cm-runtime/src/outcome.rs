//! What exit is told: how the body was left.

use core::any::Any;
use core::error::Error;
use core::fmt;
use core::marker::PhantomData;

use crate::raw::Local;

/// How the body was left, as exit is told it.
///
/// All success is one variant, so that a `match` on it cannot take an early `return Ok(())` for a
/// failure. `V` says how much of an error is visible: [`Shown`] (the default) shows it as a
/// `dyn Error`, [`Typed`] can also be asked for its type. Which one a manager gets follows from
/// its verdict: see [`Verdict::View`](crate::Verdict::View).
///
/// An outcome is `Copy` and [`Send`]: it can be kept across an await. An error that is not `Sync`
/// is readable only on the thread that raised it.
///
/// ```
/// use cm_runtime::{Leave, Outcome};
///
/// fn commits(outcome: Outcome<'_>) -> bool {
///     match outcome {
///         Outcome::Succeeded(_) => true,
///         _ => false,
///     }
/// }
/// assert!(commits(Outcome::Succeeded(Leave::Return)));
/// assert!(!commits(Outcome::Cancelled));
/// ```
#[non_exhaustive]
pub enum Outcome<'a, V: View = Shown> {
    /// The body did what it was meant to do; [`Leave`] says how it ended.
    Succeeded(Leave),
    /// The body failed: a `?` that left, a `return Err(..)`, or a block value that is an `Err`.
    Failed(Failure<'a, V>),
    /// The body panicked, and the panic goes on after exit (unless `=> catch` suppresses it).
    Panicked(Panic<'a>),
    /// The future that ran the body was dropped before the body ended.
    Cancelled,
}

/// How a body that did not fail was left.
///
/// ```
/// use cm_runtime::{Leave, Outcome};
/// let outcome: Outcome = Outcome::Succeeded(Leave::Break);
/// assert_eq!(format!("{outcome:?}"), "Succeeded(Break)");
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Leave {
    /// By reaching its end.
    End,
    /// By `return`, with a value that is no `Err`.
    Return,
    /// By `break`.
    Break,
    /// By `continue`.
    Continue,
    /// Closed by hand.
    Close,
}

impl<'a, V: View> Outcome<'a, V> {
    /// Whether the body did not fail, panic, or get cancelled.
    ///
    /// ```
    /// use cm_runtime::{Leave, Outcome};
    /// let outcome: Outcome<'_> = Outcome::Succeeded(Leave::Return);
    /// assert!(outcome.is_success());
    /// ```
    #[must_use]
    pub fn is_success(&self) -> bool {
        matches!(self, Self::Succeeded(_))
    }

    /// The error that the body failed with, where its type shows one.
    ///
    /// `None` for every other outcome, and where the failure is [opaque](Failure::error).
    ///
    /// ```
    /// use cm_runtime::{Leave, Outcome};
    /// let outcome: Outcome<'_> = Outcome::Succeeded(Leave::End);
    /// assert!(outcome.error().is_none());
    /// ```
    #[must_use]
    pub fn error(&self) -> Option<&'a (dyn Error + 'a)> {
        match self {
            Self::Failed(failure) => failure.error(),
            _ => None,
        }
    }

    /// The same outcome without the types: what managers that only look at the text are told.
    ///
    /// ```
    /// use cm_runtime::{Leave, Outcome, Typed};
    /// let typed: Outcome<'_, Typed> = Outcome::Succeeded(Leave::End);
    /// let shown: Outcome<'_> = typed.shown();
    /// assert!(shown.is_success());
    /// ```
    #[must_use]
    pub fn shown(self) -> Outcome<'a> {
        match self {
            Self::Succeeded(leave) => Outcome::Succeeded(leave),
            Self::Failed(failure) => Outcome::Failed(Failure {
                shown: failure.shown,
                seen: None,
                view: PhantomData,
            }),
            Self::Panicked(panic) => Outcome::Panicked(panic),
            Self::Cancelled => Outcome::Cancelled,
        }
    }
}

impl<'a> Outcome<'a, Typed> {
    /// Whether the body failed with an `E`; see [`downcast_ref`](Outcome::downcast_ref).
    ///
    /// # Panics
    /// As [`downcast_ref`](Outcome::downcast_ref) does.
    ///
    /// ```
    /// use cm_runtime::{Outcome, Suppress, Typed};
    /// fn exit(outcome: Outcome<'_, Typed>) -> Suppress {
    ///     Suppress::when(outcome.is::<std::num::ParseIntError>())
    /// }
    /// # assert_eq!(exit(Outcome::Cancelled), Suppress::No);
    /// ```
    #[must_use]
    pub fn is<E: Error + 'static>(&self) -> bool {
        self.downcast_ref::<E>().is_some()
    }

    /// The error that the body failed with, with its whole type, where it shows one: its
    /// [`source`](Error::source) chain can be asked for types too.
    ///
    /// `None` where [`error`](Self::error) is.
    ///
    /// ```
    /// use cm_runtime::{Outcome, Typed};
    /// fn root(outcome: Outcome<'_, Typed>) -> Option<String> {
    ///     let mut error = outcome.static_error()?;
    ///     while let Some(source) = error.source() {
    ///         error = source;
    ///     }
    ///     Some(error.to_string())
    /// }
    /// # assert_eq!(root(Outcome::Cancelled), None);
    /// ```
    #[must_use]
    pub fn static_error(&self) -> Option<&'a (dyn Error + 'static)> {
        match self {
            Self::Failed(failure) => failure.seen?.error?.get(),
            _ => None,
        }
    }

    /// The error that the body failed with, if it is an `E`, or a box of one (`Box<dyn Error>`,
    /// `anyhow::Error` and the like).
    ///
    /// # Panics
    /// If the error is not `Sync` and this is not the thread that raised it.
    ///
    /// ```
    /// use cm_runtime::{Outcome, Typed};
    /// fn code(outcome: Outcome<'_, Typed>) -> Option<i32> {
    ///     outcome.downcast_ref::<std::io::Error>()?.raw_os_error()
    /// }
    /// # assert_eq!(code(Outcome::Cancelled), None);
    /// ```
    #[must_use]
    pub fn downcast_ref<E: Error + 'static>(&self) -> Option<&'a E> {
        match self {
            Self::Failed(failure) => failure.downcast_ref(),
            _ => None,
        }
    }
}

/// A body's failure: its error, as far as the error's type allows to look at it.
///
/// ```
/// use cm_runtime::{Outcome, with};
/// # use std::convert::Infallible;
/// # use cm_runtime::{ContextManager, Owned};
/// struct Print;
/// impl ContextManager for Print {
/// #   type Lends = Owned<()>;
/// #   type Exit = ();
/// #   fn enter(&mut self) -> Result<(), Infallible> { Ok(()) }
///     fn exit(&mut self, outcome: Outcome<'_>) {
///         if let Outcome::Failed(failure) = outcome {
///             assert_eq!(failure.to_string(), "invalid digit found in string");
///         }
///     }
/// }
/// let parsed = with! { Print => { "x".parse::<u8>() } };
/// assert!(parsed.is_err());
/// ```
pub struct Failure<'a, V: View = Shown> {
    shown: Option<ShownError<'a>>,
    seen: Option<TypedError<'a>>,
    view: PhantomData<fn() -> V>,
}

#[derive(Clone, Copy)]
enum ShownError<'a> {
    Anywhere(&'a (dyn Error + Sync + 'a)),
    #[cfg_attr(not(feature = "std"), allow(dead_code, reason = "needs threads"))]
    Here(Local<&'a (dyn Error + 'a)>),
}

impl<'a, V: View> Failure<'a, V> {
    /// A failure of which nothing can be seen.
    pub(crate) fn opaque() -> Self {
        Self {
            shown: None,
            seen: None,
            view: PhantomData,
        }
    }

    pub(crate) fn new<'e>(error: Option<ErrorRef<'a, 'e>>, seen: Option<TypedError<'a>>) -> Self
    where
        'e: 'a,
    {
        let shown = match error {
            Some(ErrorRef::Sync(error)) => Some(ShownError::Anywhere(error)),
            #[cfg(feature = "std")]
            Some(ErrorRef::Local(error)) => Some(ShownError::Here(Local::new(error))),
            _ => None,
        };
        Self {
            shown,
            seen,
            view: PhantomData,
        }
    }

    /// The error, where its type is an [`Error`] that is `Sync`, or a box of any error
    /// (`Box<dyn Error>`, `anyhow::Error` and the like).
    ///
    /// `None` where there is no error to show: a `None` that left by `?`, an error type that does
    /// not implement `Error`, a leave hidden in a macro, or an error that is not `Sync`, asked on
    /// another thread.
    ///
    /// ```
    /// use cm_runtime::Outcome;
    /// fn log(outcome: Outcome<'_>) {
    ///     if let Outcome::Failed(failure) = outcome {
    ///         match failure.error() {
    ///             Some(error) => eprintln!("failed: {error}"),
    ///             None => eprintln!("failed"),
    ///         }
    ///     }
    /// }
    /// # log(Outcome::Cancelled);
    /// ```
    #[must_use]
    pub fn error(&self) -> Option<&'a (dyn Error + 'a)> {
        match &self.shown {
            Some(ShownError::Anywhere(error)) => Some(*error),
            Some(ShownError::Here(error)) => error.get(),
            None => None,
        }
    }
}

impl<'a> Failure<'a, Typed> {
    /// Whether the error is an `E`; see [`downcast_ref`](Failure::downcast_ref).
    ///
    /// # Panics
    /// As [`downcast_ref`](Failure::downcast_ref) does.
    ///
    /// ```
    /// use cm_runtime::{Failure, Typed};
    /// fn is_io(failure: &Failure<'_, Typed>) -> bool {
    ///     failure.is::<std::io::Error>()
    /// }
    /// ```
    #[must_use]
    pub fn is<E: Error + 'static>(&self) -> bool {
        self.downcast_ref::<E>().is_some()
    }

    /// The error, if it is an `E`, or a box of one.
    ///
    /// # Panics
    /// If the error is not `Sync` and this is not the thread that raised it.
    ///
    /// ```
    /// use cm_runtime::{Failure, Typed};
    /// fn kind(failure: &Failure<'_, Typed>) -> Option<std::io::ErrorKind> {
    ///     Some(failure.downcast_ref::<std::io::Error>()?.kind())
    /// }
    /// ```
    #[must_use]
    pub fn downcast_ref<E: Error + 'static>(&self) -> Option<&'a E> {
        let seen = self.seen?;
        let any = seen
            .any
            .get()
            .expect("the error of this outcome is not `Sync`: only its own thread can downcast it");
        any.downcast_ref()
            .or_else(|| seen.error.and_then(|error| error.get()?.downcast_ref()))
    }
}

/// A body's panic.
///
/// The payload is there only under `=> catch`: in other bodies exit runs while the panic unwinds,
/// and nothing has caught it.
///
/// ```
/// use cm_runtime::Outcome;
/// fn log(outcome: Outcome<'_>) {
///     if let Outcome::Panicked(panic) = outcome {
///         eprintln!("panicked: {}", panic.message().unwrap_or("(no message)"));
///     }
/// }
/// # log(Outcome::Cancelled);
/// ```
#[derive(Clone, Copy)]
pub struct Panic<'a> {
    message: Option<&'a str>,
    payload: Option<Local<&'a (dyn Any + Send + 'static)>>,
}

impl<'a> Panic<'a> {
    pub(crate) fn uncaught() -> Self {
        Self {
            message: None,
            payload: None,
        }
    }

    /// One of which only the message is left.
    #[cfg(feature = "tokio")]
    pub(crate) fn told(message: Option<&'a str>) -> Self {
        Self {
            message,
            payload: None,
        }
    }

    #[cfg(feature = "std")]
    pub(crate) fn caught(payload: &'a (dyn Any + Send + 'static)) -> Self {
        Self {
            message: message_of(payload),
            payload: Some(Local::new(payload)),
        }
    }

    /// What the panic said, if it was caught and its payload is a string, as that of `panic!` is.
    ///
    /// ```
    /// use cm_runtime::Panic;
    /// fn text<'a>(panic: &Panic<'a>) -> &'a str {
    ///     panic.message().unwrap_or("?")
    /// }
    /// ```
    #[must_use]
    pub fn message(&self) -> Option<&'a str> {
        self.message
    }

    /// The payload, if the panic was caught, and on the thread that caught it.
    ///
    /// ```
    /// use cm_runtime::Panic;
    /// fn is_code(panic: &Panic<'_>) -> bool {
    ///     panic.payload().is_some_and(|payload| payload.is::<i32>())
    /// }
    /// ```
    #[must_use]
    pub fn payload(&self) -> Option<&'a (dyn Any + Send + 'static)> {
        self.payload.as_ref().and_then(Local::get)
    }
}

#[cfg(feature = "std")]
pub(crate) fn message_of<'a>(payload: &'a (dyn Any + Send + 'static)) -> Option<&'a str> {
    match payload.downcast_ref::<&'static str>() {
        Some(text) => Some(text),
        None => payload.downcast_ref::<std::string::String>().map(|s| &**s),
    }
}

/// How much of an error a manager sees; sealed: [`Shown`] or [`Typed`].
///
/// ```
/// use cm_runtime::{Outcome, View};
/// fn succeeded<V: View>(outcome: Outcome<'_, V>) -> bool {
///     outcome.is_success()
/// }
/// # assert!(!succeeded::<cm_runtime::Typed>(Outcome::Cancelled));
/// ```
pub trait View: sealed::Sealed + Sized {}

/// The view of managers that cannot suppress: errors as `dyn Error`, at no cost to the body.
///
/// ```
/// use cm_runtime::{Outcome, Shown};
/// fn text(outcome: Outcome<'_, Shown>) -> Option<String> {
///     outcome.error().map(ToString::to_string)
/// }
/// # assert_eq!(text(Outcome::Cancelled), None);
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Shown {}

/// The view of managers that can suppress, or that say they are [`Inspecting`](crate::Inspecting):
/// errors can be asked for their type, which must be `'static`.
///
/// ```
/// use cm_runtime::{Outcome, Typed};
/// fn is_utf8(outcome: Outcome<'_, Typed>) -> bool {
///     outcome.is::<std::str::Utf8Error>()
/// }
/// # assert!(!is_utf8(Outcome::Cancelled));
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Typed {}

#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct TypedError<'a> {
    any: Local<&'a dyn Any>,
    error: Option<Local<&'a (dyn Error + 'static)>>,
}

impl View for Shown {}
impl View for Typed {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Shown {}
    impl Sealed for super::Typed {}
}

/// A view of errors that live for `'e`. `Shown` sees them for every `'e`, `Typed` for `'static`
/// only: so the demand for `'static` reaches just the bodies of managers that ask for types.
#[doc(hidden)]
pub trait Sees<'e>: View {
    fn see<'a, E: 'e>(error: &'a E, shown: Option<ErrorRef<'a, 'e>>) -> Option<TypedError<'a>>;
}

impl<'e> Sees<'e> for Shown {
    fn see<'a, E: 'e>(_: &'a E, _: Option<ErrorRef<'a, 'e>>) -> Option<TypedError<'a>> {
        None
    }
}

impl Sees<'static> for Typed {
    fn see<'a, E: 'static>(
        error: &'a E,
        shown: Option<ErrorRef<'a, 'static>>,
    ) -> Option<TypedError<'a>> {
        Some(TypedError {
            any: Local::new(error),
            error: shown.map(|shown| {
                Local::new(match shown {
                    ErrorRef::Sync(error) => error,
                    ErrorRef::Local(error) => error,
                })
            }),
        })
    }
}

/// An error as it was found, before it is known who will look at it.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub enum ErrorRef<'a, 'e> {
    Sync(&'a (dyn Error + Sync + 'e)),
    Local(&'a (dyn Error + 'e)),
}

impl<V: View> Clone for Outcome<'_, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V: View> Copy for Outcome<'_, V> {}

impl<V: View> Clone for Failure<'_, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V: View> Copy for Failure<'_, V> {}

impl<V: View> fmt::Debug for Outcome<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Succeeded(leave) => f.debug_tuple("Succeeded").field(leave).finish(),
            Self::Failed(failure) => f.debug_tuple("Failed").field(failure).finish(),
            Self::Panicked(panic) => f.debug_tuple("Panicked").field(panic).finish(),
            Self::Cancelled => f.write_str("Cancelled"),
        }
    }
}

impl<V: View> fmt::Debug for Failure<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.error() {
            Some(error) => fmt::Debug::fmt(error, f),
            None => f.write_str("(opaque)"),
        }
    }
}

impl<V: View> fmt::Display for Failure<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.error() {
            Some(error) => fmt::Display::fmt(error, f),
            None => f.write_str("the block failed"),
        }
    }
}

impl fmt::Debug for Panic<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.message {
            Some(message) => message.fmt(f),
            None => f.write_str("(opaque)"),
        }
    }
}
