//! What exit is told: how the body was left.

mod failure;
mod panic;
mod view;

use core::error::Error;
use core::fmt;

pub use self::failure::Failure;
pub use self::panic::Panic;
#[cfg(feature = "std")]
pub(crate) use self::panic::message_of;
pub(crate) use self::view::{ErrorRef, Sees};
pub use self::view::{KnowsTypes, Shown, Typed, View};

/// How the body was left, as exit is told it.
///
/// All ways of success are one variant, so that a `match` cannot take an early `return Ok(())` for a
/// failure. `V` says how much of an error is visible: [`Shown`] (the default) shows it as a
/// `dyn Error`, [`Typed`] can also be asked for its type. Which one a manager gets follows from
/// its verdict: see [`Verdict::View`](crate::Verdict::View).
///
/// An outcome is `Copy`, [`Send`] and [`Sync`]: it can be kept across an await. Errors that are not `Sync` are
/// restricted for that: a `Box<dyn Error>` is visible only on the thread that raised it; and an error of a concrete
/// type that is not `Sync` is not shown as a `dyn Error` at all, but [`downcast_ref`](Outcome::downcast_ref) finds it
/// on that thread. Without `std` no thread can be told from another, and so both are neither visible nor found.
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
    /// The body panicked, and the panic goes on after exit (unless exit suppresses it, under `=> catch`).
    Panicked(Panic<'a>),
    /// The future that ran the block was dropped before the block ended; or an
    /// [`AsyncExitStack`](crate::AsyncExitStack) was, without a close.
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
    /// By `return` without a value, or with one that is not an `Err`. That includes `return None`.
    Return,
    /// By `break`.
    Break,
    /// By `continue`.
    Continue,
    /// There was no body: exit was called by hand, as by [`ExitStack::close`](crate::ExitStack::close).
    Close,
}

impl<'a, V: View> Outcome<'a, V> {
    /// A failure with `error`, for an exit that is called by hand: in the test of a manager, or in a manager
    /// over several others, of which a later one could not be entered.
    ///
    /// One in a box that is `Sync`, as in a `Box<dyn Error + Send + Sync>`, is `Outcome::failed(&*error)`.
    ///
    /// ```
    /// use std::io;
    /// use cm_runtime::contextlib::suppress_kind;
    /// use cm_runtime::{ContextManager, Outcome, Suppress};
    ///
    /// let mut manager = suppress_kind(io::ErrorKind::NotFound);
    /// manager.enter().unwrap();
    /// let missing = io::Error::from(io::ErrorKind::NotFound);
    /// assert_eq!(manager.exit(Outcome::failed(&missing)), Suppress::Yes);
    /// ```
    #[must_use]
    pub fn failed(error: &'a (dyn Error + Sync + 'static)) -> Self {
        Self::Failed(Failure::by_hand(error))
    }

    /// Whether the body succeeded: it did not fail, did not panic, and was not cancelled.
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

    /// Whether an exit can suppress it: a failure, or a panic that was caught. A panic that unwinds and a
    /// cancellation go on whatever exit returns.
    #[inline]
    pub(crate) fn can_be_suppressed(&self) -> bool {
        match self {
            Self::Failed(_) => true,
            Self::Panicked(panic) => panic.is_caught(),
            Self::Succeeded(_) | Self::Cancelled => false,
        }
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

    /// The same outcome without the types of errors, for managers whose view is [`Shown`].
    ///
    /// ```
    /// use cm_runtime::{Leave, Outcome, Typed};
    /// let typed: Outcome<'_, Typed> = Outcome::Succeeded(Leave::End);
    /// let shown: Outcome<'_> = typed.shown();
    /// assert!(shown.is_success());
    /// ```
    #[must_use]
    pub fn shown(self) -> Outcome<'a> {
        self.with_failure(Failure::shown)
    }

    /// The same outcome for a manager with another view.
    pub(crate) fn seen_by<W: View>(self) -> Outcome<'a, W> {
        self.with_failure(Failure::seen_by)
    }

    #[inline]
    fn with_failure<W: View>(
        self,
        failed: impl FnOnce(Failure<'a, V>) -> Failure<'a, W>,
    ) -> Outcome<'a, W> {
        match self {
            Self::Succeeded(leave) => Outcome::Succeeded(leave),
            Self::Failed(failure) => Outcome::Failed(failed(failure)),
            Self::Panicked(panic) => Outcome::Panicked(panic),
            Self::Cancelled => Outcome::Cancelled,
        }
    }

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
    pub fn is<E: Error + 'static>(&self) -> bool
    where
        V: KnowsTypes,
    {
        self.downcast_ref::<E>().is_some()
    }

    /// The error that the body failed with, as an [`Error`] that can be downcast, and so can the errors in its
    /// [`source`](Error::source) chain.
    ///
    /// `None` where [`error`](Self::error) is `None`. So it is `None` also for some errors that
    /// [`downcast_ref`](Self::downcast_ref) finds: those not known to be an [`Error`] and `Sync`.
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
    pub fn static_error(&self) -> Option<&'a (dyn Error + 'static)>
    where
        V: KnowsTypes,
    {
        match self {
            Self::Failed(failure) => failure.static_error(),
            _ => None,
        }
    }

    /// The error that the body failed with, if it is an `E`, or a box of one (`Box<dyn Error>`,
    /// `anyhow::Error` and the like), where [`Failure::error`] sees into that.
    ///
    /// It does not look at sources. An `anyhow::Error` with a [context] is one of another type, whose source is the
    /// error: the error's own type is found along the sources of [`static_error`](Self::static_error), as
    /// [`suppress`](crate::contextlib::suppress) finds it.
    ///
    /// [context]: https://docs.rs/anyhow/1/anyhow/trait.Context.html
    ///
    /// # Panics
    /// If it is called on another thread than the one that raised the error, unless the error is known to be
    /// `Sync`. That is not known in generic code without the bound, nor under
    /// [`Manager::try_with`](crate::Manager::try_with), other than for a `Box<dyn Error + Send + Sync>`. Without `std` it
    /// does not panic: then such an error is not found on any thread.
    ///
    /// ```
    /// use cm_runtime::{Outcome, Typed};
    /// fn code(outcome: Outcome<'_, Typed>) -> Option<i32> {
    ///     outcome.downcast_ref::<std::io::Error>()?.raw_os_error()
    /// }
    /// # assert_eq!(code(Outcome::Cancelled), None);
    /// ```
    #[must_use]
    pub fn downcast_ref<E: Error + 'static>(&self) -> Option<&'a E>
    where
        V: KnowsTypes,
    {
        match self {
            Self::Failed(failure) => failure.downcast_ref(),
            _ => None,
        }
    }
}

#[cfg(feature = "std")]
impl<'a> Outcome<'a, Typed> {
    /// As [`downcast_ref`](Self::downcast_ref); `None` where that would panic.
    pub(crate) fn find<E: Error + 'static>(&self) -> Option<&'a E> {
        match self {
            Self::Failed(failure) => failure.find(),
            _ => None,
        }
    }
}

impl<V: View> Clone for Outcome<'_, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V: View> Copy for Outcome<'_, V> {}

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

mod sealed {
    #[diagnostic::on_unimplemented(
        message = "`View` is not implemented by hand",
        label = "a view is `Shown` or `Typed`"
    )]
    pub trait Sealed {}
    impl Sealed for super::Shown {}
    impl Sealed for super::Typed {}
}
