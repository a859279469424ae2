//! The errors of a stack: the first one, with those that came after it.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::convert::Infallible;
use core::error::Error;
use core::fmt;

/// Any error, in a box: what an [`ExitStack`](super::ExitStack) fails with unless it says otherwise.
///
/// ```
/// let error: cm_runtime::exit_stack::BoxError = "disk full".into();
/// assert_eq!(error.to_string(), "disk full");
/// ```
pub type BoxError = Box<dyn Error + Send + Sync>;

/// An error that an [`ExitStack`](super::ExitStack) can fail with: it can be shown to the older entries, and
/// combined with the errors that come after it.
///
/// A stack with an error type of one's own, which converts from what the entries fail with:
///
/// ```
/// use std::{error::Error, num::ParseIntError};
/// use cm_runtime::exit_stack::StackError;
/// use cm_runtime::{ExitStack, with};
///
/// #[derive(Debug)]
/// enum App {
///     Parse(ParseIntError),
///     Both(Box<App>, Box<App>),
/// }
/// impl From<ParseIntError> for App {
///     fn from(error: ParseIntError) -> Self {
///         Self::Parse(error)
///     }
/// }
/// impl StackError for App {
///     fn as_error(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
///         match self {
///             Self::Parse(error) => Some(error),
///             Self::Both(first, _) => first.as_error(),
///         }
///     }
///     fn followed_by(self, later: Self) -> Self {
///         Self::Both(Box::new(self), Box::new(later))
///     }
/// }
///
/// fn run() -> Result<(), App> {
///     with! { ExitStack::<Result<(), App>>::with_verdict()? as stack => {
///         stack.callback(|| "x".parse::<u8>().map(drop));
///         stack.callback(|| "".parse::<u8>().map(drop));
///     } }
///     Ok(())
/// }
/// assert!(matches!(run(), Err(App::Both(_, _))));
/// ```
pub trait StackError: fmt::Debug + Sized + 'static {
    /// The error as the older entries see it; `None` hides it.
    fn as_error(&self) -> Option<&(dyn Error + Send + Sync + 'static)>;

    /// This error, the first one, with one that came after it.
    #[must_use]
    fn followed_by(self, later: Self) -> Self;
}

/// The first error of a stack, and those that entries further out failed with after it.
///
/// When more than one entry has failed, the [`BoxError`] of a stack holds an `ExitErrors`, an `io::Error` an
/// `ExitErrors<io::Error>`, and an `anyhow::Error` an `ExitErrors<anyhow::Error>`. The message is made of those of all
/// errors, each with its causes. There is no [`source`](Error::source): otherwise a
/// [`suppress`](crate::contextlib::suppress), which looks for errors of one type in the chain, could find one of the
/// errors and suppress the others with it.
///
/// ```
/// use cm_runtime::exit_stack::{ExitErrors, ExitStack};
///
/// let stack = ExitStack::new();
/// stack.callback(|| "b".parse::<u8>().map(drop));
/// stack.callback(|| "".parse::<u8>().map(drop));
/// let error = stack.close().unwrap_err();
/// let errors: &ExitErrors = error.downcast_ref().unwrap();
/// assert_eq!(errors.first().to_string(), "cannot parse integer from empty string");
/// assert_eq!(errors.later()[0].to_string(), "invalid digit found in string");
/// ```
#[doc(alias = "ExceptionGroup")]
#[derive(Debug)]
pub struct ExitErrors<E = BoxError> {
    first: E,
    later: Vec<E>,
}

impl<E> ExitErrors<E> {
    /// The error that came first: that of the newest entry that has failed.
    ///
    /// ```
    /// # use cm_runtime::exit_stack::ExitErrors;
    /// fn text(errors: &ExitErrors) -> String {
    ///     errors.first().to_string()
    /// }
    /// ```
    #[must_use]
    pub fn first(&self) -> &E {
        &self.first
    }

    /// Those that came after it, in their order.
    ///
    /// ```
    /// # use cm_runtime::exit_stack::ExitErrors;
    /// fn count(errors: &ExitErrors) -> usize {
    ///     1 + errors.later().len()
    /// }
    /// ```
    #[must_use]
    pub fn later(&self) -> &[E] {
        &self.later
    }

    /// All of them, the first one first.
    ///
    /// ```
    /// # use cm_runtime::exit_stack::{BoxError, ExitErrors};
    /// fn all(errors: ExitErrors) -> Vec<BoxError> {
    ///     errors.into_all()
    /// }
    /// ```
    #[must_use]
    pub fn into_all(self) -> Vec<E> {
        let mut all = alloc::vec![self.first];
        all.extend(self.later);
        all
    }
}

impl<E: StackError + fmt::Display> fmt::Display for ExitErrors<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = core::iter::once(&self.first).chain(&self.later);
        one_after_another(f, all, |error| Some(error.as_error()?))
    }
}

impl<E: StackError + fmt::Display> Error for ExitErrors<E> {}

/// Several errors as one text, each with its causes.
pub(crate) fn one_after_another<'a, E: fmt::Display + 'a>(
    f: &mut fmt::Formatter<'_>,
    errors: impl Iterator<Item = &'a E>,
    as_error: impl Fn(&E) -> Option<&(dyn Error + 'static)>,
) -> fmt::Result {
    for (at, error) in errors.enumerate() {
        if at > 0 {
            f.write_str("; then ")?;
        }
        error.fmt(f)?;
        let cause = as_error(error).and_then(Error::source);
        for cause in core::iter::successors(cause, |cause| (*cause).source()) {
            write!(f, ": {cause}")?;
        }
    }
    Ok(())
}

impl StackError for BoxError {
    fn as_error(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        Some(&**self)
    }

    fn followed_by(self, later: Self) -> Self {
        match self.downcast::<ExitErrors>() {
            Ok(mut errors) => {
                errors.later.push(later);
                errors
            }
            Err(first) => Box::new(ExitErrors {
                first,
                later: alloc::vec![later],
            }),
        }
    }
}

impl StackError for Infallible {
    fn as_error(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        match *self {}
    }

    fn followed_by(self, _: Self) -> Self {
        self
    }
}

/// For functions that return `io::Result`. When more than one entry has failed, the kind is
/// [`Other`](std::io::ErrorKind::Other), and the inner error an `ExitErrors<io::Error>`.
#[cfg(feature = "std")]
impl StackError for std::io::Error {
    fn as_error(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        Some(self)
    }

    fn followed_by(self, later: Self) -> Self {
        match self.downcast::<ExitErrors<Self>>() {
            Ok(mut errors) => {
                errors.later.push(later);
                Self::other(errors)
            }
            Err(first) => Self::other(ExitErrors {
                first,
                later: alloc::vec![later],
            }),
        }
    }
}

/// For functions that return `anyhow::Result`.
#[cfg(feature = "anyhow")]
impl StackError for anyhow::Error {
    fn as_error(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        Some(self.as_ref())
    }

    fn followed_by(mut self, later: Self) -> Self {
        // An `ExitErrors` behind a context, which `downcast_mut` finds too, belongs to that context.
        let is_several = (*self).is::<ExitErrors<Self>>();
        if let Some(errors) = self
            .downcast_mut::<ExitErrors<Self>>()
            .filter(|_| is_several)
        {
            errors.later.push(later);
            return self;
        }
        Self::new(ExitErrors {
            first: self,
            later: alloc::vec![later],
        })
    }
}
