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
    pub(super) any: Local<&'a dyn Any>,
    pub(super) error: Option<Local<&'a (dyn Error + 'static)>>,
}

impl View for Shown {}
impl View for Typed {}

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
