//! A body's failure.

use core::error::Error;
use core::fmt;
use core::marker::PhantomData;

use super::view::{ErrorRef, KnowsTypes, OfAnotherThread, Sees, Shown, TypedError, View};
use crate::raw::Local;

/// A body's failure, with as much of its error as the error's type shows.
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
    Here(Local<&'a (dyn Error + 'a)>),
}

impl<'a> ShownError<'a> {
    #[inline]
    fn of<'e: 'a>(error: ErrorRef<'a, 'e>) -> Self {
        match error {
            ErrorRef::Sync(error) => Self::Anywhere(error),
            ErrorRef::Local(error) => Self::Here(Local::new(error)),
        }
    }
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

    /// A failure with `error`, of which `shown` is known.
    #[inline]
    pub(crate) fn new<'e: 'a, E: 'e>(error: &'a E, shown: Option<ErrorRef<'a, 'e>>) -> Self
    where
        V: Sees<'e>,
    {
        let shown = V::show(error, shown);
        Self {
            shown: shown.map(ShownError::of),
            seen: V::see(error, shown),
            view: PhantomData,
        }
    }

    /// A failure with `error`, whose type is known in each view.
    pub(super) fn by_hand(error: &'a (dyn Error + Sync + 'static)) -> Self {
        Self {
            shown: Some(ShownError::Anywhere(error)),
            seen: Some(TypedError::of(error)),
            view: PhantomData,
        }
    }

    /// The same failure for a manager with another view, which sees types only if this view does.
    pub(super) fn seen_by<W: View>(self) -> Failure<'a, W> {
        Failure {
            shown: self.shown,
            seen: self.seen,
            view: PhantomData,
        }
    }

    /// The same without the types.
    pub(super) fn shown(self) -> Failure<'a> {
        Failure {
            shown: self.shown,
            seen: None,
            view: PhantomData,
        }
    }

    /// The error, if its type is an [`Error`] that is `Sync`, or a box of any error
    /// (`Box<dyn Error>`, `anyhow::Error` and the like).
    ///
    /// `None` if there is no error to show:
    /// - a `None` has left by `?`;
    /// - the type of the error does not implement `Error`, or is not `Sync`; or it is not known whether it does and is: in
    ///   generic code without these bounds, and under [`Manager::try_with`](crate::Manager::try_with). A manager that can
    ///   ask for types sees a `Box<dyn Error>` there nevertheless, with or without `Send` and `Sync`, and with the feature
    ///   `anyhow` an `anyhow::Error`;
    /// - the error is a box that is not `Sync`, and this is not the thread that raised it, or not known to be, without
    ///   `std`;
    /// - a macro hides how the body was left.
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

    /// Whether the error is an `E`; see [`downcast_ref`](Failure::downcast_ref).
    ///
    /// # Panics
    /// As [`downcast_ref`](Failure::downcast_ref) does.
    ///
    /// ```
    /// use std::{fmt, io};
    /// use cm_runtime::{Outcome, Typed};
    /// let error = io::Error::from(io::ErrorKind::NotFound);
    /// if let Outcome::<Typed>::Failed(failure) = Outcome::failed(&error) {
    ///     assert!(failure.is::<io::Error>() && !failure.is::<fmt::Error>());
    /// }
    /// ```
    #[must_use]
    pub fn is<E: Error + 'static>(&self) -> bool
    where
        V: KnowsTypes,
    {
        self.downcast_ref::<E>().is_some()
    }

    pub(super) fn static_error(&self) -> Option<&'a (dyn Error + 'static)>
    where
        V: KnowsTypes,
    {
        self.seen.as_ref()?.error()
    }

    /// The error, if it is an `E`, or a box of one, where [`error`](Self::error) sees into that.
    ///
    /// # Panics
    /// If it is called on another thread than the one that raised the error, unless the error is known to be
    /// `Sync`. That is not known in generic code without the bound, nor under
    /// [`Manager::try_with`](crate::Manager::try_with), other than for a `Box<dyn Error + Send + Sync>`. Without `std` it
    /// does not panic: then such an error is not found on any thread.
    ///
    /// ```
    /// use cm_runtime::{Failure, Typed};
    /// fn kind(failure: &Failure<'_, Typed>) -> Option<std::io::ErrorKind> {
    ///     Some(failure.downcast_ref::<std::io::Error>()?.kind())
    /// }
    /// ```
    #[must_use]
    pub fn downcast_ref<E: Error + 'static>(&self) -> Option<&'a E>
    where
        V: KnowsTypes,
    {
        match self.seen.as_ref()?.downcast() {
            Ok(error) => error,
            Err(OfAnotherThread) => panic!(
                "the error of this outcome is not known to be `Sync`: only its own thread can \
                 downcast it"
            ),
        }
    }

    /// As `downcast_ref`, but `None` where that panics.
    #[cfg(feature = "std")]
    pub(super) fn find<E: Error + 'static>(&self) -> Option<&'a E>
    where
        V: KnowsTypes,
    {
        self.seen.as_ref()?.downcast().ok()?
    }
}

impl<V: View> Clone for Failure<'_, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V: View> Copy for Failure<'_, V> {}

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
