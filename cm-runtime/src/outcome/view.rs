//! How much of an error a manager sees.

use core::any::Any;
use core::error::Error;

use super::sealed;
use crate::raw::Local;

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

/// The view of managers that cannot suppress: errors as `dyn Error`, with no requirement on the body's errors.
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

/// A view that knows the types of errors, as [`Outcome::is`](crate::Outcome::is) and its kin require. Only
/// [`Typed`] does.
///
/// ```
/// use cm_runtime::bounds::KnowsTypes;
/// use cm_runtime::{Outcome, Typed};
/// fn is_utf8<V: KnowsTypes>(outcome: Outcome<'_, V>) -> bool {
///     outcome.is::<std::str::Utf8Error>()
/// }
/// # assert!(!is_utf8::<Typed>(Outcome::Cancelled));
/// ```
#[diagnostic::on_unimplemented(
    message = "this outcome does not know the types of errors",
    label = "only an `Outcome<'_, Typed>` can be asked for the type of an error",
    note = "a manager is told one if its exit can suppress: if that returns `Suppress` or `Result<Suppress, E>`",
    note = "one that only looks returns `Inspecting<()>` or `Inspecting<Result<(), E>>`; `.error()` shows any error as a `dyn Error`"
)]
pub trait KnowsTypes: View {}

impl KnowsTypes for Typed {}

/// An error with its type.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct TypedError<'a>(Found<'a>);

#[derive(Clone, Copy)]
enum Found<'a> {
    /// The error, for all threads, and what it was found in.
    Anywhere(&'a (dyn Error + Sync + 'static), Local<&'a dyn Any>),
    Here(Local<(&'a dyn Any, Option<&'a (dyn Error + 'static)>)>),
}

impl<'a> TypedError<'a> {
    /// An error that was found in nothing else.
    pub(super) fn of(error: &'a (dyn Error + Sync + 'static)) -> Self {
        Self(Found::Anywhere(error, Local::new(&())))
    }

    /// The error, where it is shown, and may be looked at on this thread.
    pub(super) fn error(&self) -> Option<&'a (dyn Error + 'static)> {
        match &self.0 {
            Found::Anywhere(error, _) => Some(*error),
            Found::Here(found) => found.get()?.1,
        }
    }

    /// The error if it is an `E`; `Err` if only another thread can tell, and threads can be told apart.
    pub(super) fn downcast<E: Error + 'static>(&self) -> Result<Option<&'a E>, OfAnotherThread> {
        match &self.0 {
            Found::Anywhere(error, any) => {
                let error = (*error as &(dyn Error + 'static)).downcast_ref();
                Ok(error.or_else(|| any.get()?.downcast_ref()))
            }
            Found::Here(found) => match found.get() {
                Some((any, error)) => Ok(any.downcast_ref().or_else(|| error?.downcast_ref())),
                None if cfg!(feature = "std") => Err(OfAnotherThread),
                None => Ok(None),
            },
        }
    }
}

pub(super) struct OfAnotherThread;

impl View for Shown {}
impl View for Typed {}

/// A view of errors that live for `'e`. `Shown` sees them for every `'e`, `Typed` for `'static`
/// only: so the demand for `'static` reaches just the bodies of managers that ask for types.
#[doc(hidden)]
pub trait Sees<'e>: View {
    /// What an error shows: `shown`, if its type has said so already, or what can be found out at run time.
    fn show<'a, E: 'e>(error: &'a E, shown: Option<ErrorRef<'a, 'e>>) -> Option<ErrorRef<'a, 'e>>;

    fn see<'a, E: 'e>(error: &'a E, shown: Option<ErrorRef<'a, 'e>>) -> Option<TypedError<'a>>;
}

impl<'e> Sees<'e> for Shown {
    #[inline]
    fn show<'a, E: 'e>(_: &'a E, shown: Option<ErrorRef<'a, 'e>>) -> Option<ErrorRef<'a, 'e>> {
        shown
    }

    #[inline]
    fn see<'a, E: 'e>(_: &'a E, _: Option<ErrorRef<'a, 'e>>) -> Option<TypedError<'a>> {
        None
    }
}

impl Sees<'static> for Typed {
    #[inline]
    fn show<'a, E: 'static>(
        error: &'a E,
        shown: Option<ErrorRef<'a, 'static>>,
    ) -> Option<ErrorRef<'a, 'static>> {
        shown.or_else(|| boxed(error))
    }

    #[inline]
    fn see<'a, E: 'static>(
        error: &'a E,
        shown: Option<ErrorRef<'a, 'static>>,
    ) -> Option<TypedError<'a>> {
        Some(TypedError(match shown {
            Some(ErrorRef::Sync(shown)) => Found::Anywhere(shown, Local::new(error)),
            Some(ErrorRef::Local(shown)) => Found::Here(Local::new((error, Some(shown)))),
            None => Found::Here(Local::new((error, None))),
        }))
    }
}

/// What an error shows that turns out to be a box of any error, in generic code that cannot see that by its type.
#[cfg(feature = "alloc")]
#[inline]
fn boxed(error: &dyn Any) -> Option<ErrorRef<'_, 'static>> {
    use alloc::boxed::Box;

    if let Some(error) = error.downcast_ref::<Box<dyn Error + Send + Sync>>() {
        return Some(ErrorRef::Sync(&**error));
    }
    if let Some(error) = error.downcast_ref::<Box<dyn Error + Send>>() {
        return Some(ErrorRef::Local(&**error));
    }
    #[cfg(feature = "anyhow")]
    if let Some(error) = error.downcast_ref::<anyhow::Error>() {
        return Some(ErrorRef::Sync(&**error));
    }
    let error = error.downcast_ref::<Box<dyn Error>>()?;
    Some(ErrorRef::Local(&**error))
}

#[cfg(not(feature = "alloc"))]
#[inline]
fn boxed(_: &dyn Any) -> Option<ErrorRef<'_, 'static>> {
    None
}

/// An error as it was found, before it is known who will look at it.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub enum ErrorRef<'a, 'e> {
    Sync(&'a (dyn Error + Sync + 'e)),
    Local(&'a (dyn Error + 'e)),
}
