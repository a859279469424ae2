//! `suppress`: failures that are expected.

use core::convert::Infallible;
use core::error::Error;
use core::fmt;
use core::iter::successors;
use core::marker::PhantomData;
use std::io;

use crate::bounds::Suppressible;
use crate::lends::Owned;
use crate::manager::ContextManager;
use crate::outcome::{Outcome, Typed};
use crate::verdict::Suppress;

/// An error as [`Outcome::static_error`] shows it.
type AnyError = dyn Error + 'static;

/// Suppresses a failure with an error of type `E`: Python's `contextlib.suppress`.
///
/// It looks at the error that the body failed with, into a box of an error (`Box<dyn Error>`), and down the
/// [`source`](Error::source) chain. (Python's does not look at causes. But in Rust errors are wrapped where an
/// exception would go on as it is.)
///
/// The chain, and the inside of an `anyhow::Error` or the like, are visible only if [`Outcome::static_error`] shows
/// the error. That is so in [`with!`](crate::with!) for every error that is `Sync`. Under
/// [`try_with`](crate::Manager::try_with), and in generic code whose error is not known to be `Sync`, it is so for
/// a `Box<dyn Error>` only, and with the feature `anyhow` for an `anyhow::Error`; of another error just its own type is compared. An error that is not known to be `Sync` is found
/// only on the thread that raised it.
///
/// ```
/// use std::num::ParseIntError;
/// use cm_runtime::contextlib::suppress;
/// use cm_runtime::with;
///
/// fn first_number(words: &[&str]) -> Result<Option<u32>, Box<dyn std::error::Error>> {
///     for word in words {
///         with! { suppress::<ParseIntError>() => {
///             return Ok(Some(word.parse()?)); // leaves the function
///         } }; // a parse error ends here
///     }
///     Ok(None)
/// }
/// assert_eq!(first_number(&["one", "2"]).unwrap(), Some(2));
/// ```
///
/// It does not look into an error that holds several, as [`ExitErrors`](crate::exit_stack::ExitErrors) and
/// `TaskErrors` do. (Since 3.12 Python's takes its own out of an `ExceptionGroup`.)
///
/// To suppress several types, use [`suppress_any`], or put several `suppress` into one header; the block of two is
/// an `Option<Option<T>>`.
///
/// Such a block needs a semicolon as a statement, since it is an `Option`. Write the `?` in the body: as its value, an
/// `Err` that is not suppressed is that of the block, a `Some(Err(..))`, of which the compiler does not warn if it goes
/// unused. Where the function can return no error, look at it: `if let Some(Err(error)) = with! { .. } { .. }`.
pub fn suppress<E: Suppressible>() -> SuppressIf<fn(&E) -> bool, E> {
    suppress_if(|_| true)
}

/// Suppresses a failure with an [`io::Error`] of one kind: `suppress(FileNotFoundError)` and the
/// like in Python, where each kind is a class. It looks where [`suppress`] does.
///
/// ```
/// use std::io::{self, ErrorKind};
/// use std::{fs, path::Path};
/// use cm_runtime::contextlib::suppress_kind;
/// use cm_runtime::with;
///
/// fn remove(path: &Path) -> io::Result<()> {
///     with! { suppress_kind(ErrorKind::NotFound) => { fs::remove_file(path)?; } };
///     Ok(())
/// }
/// assert!(remove(Path::new("no-such-file")).is_ok());
/// assert!(remove(Path::new("/")).is_err());
/// ```
pub fn suppress_kind(
    kind: io::ErrorKind,
) -> SuppressIf<impl Fn(&io::Error) -> bool + Copy, io::Error> {
    suppress_if(move |error: &io::Error| error.kind() == kind)
}

/// Suppresses a failure with an error of type `E` for which a predicate holds. It looks where
/// [`suppress`] does.
///
/// ```
/// use std::io;
/// use cm_runtime::contextlib::suppress_if;
/// use cm_runtime::with;
///
/// fn send(mut out: impl io::Write) -> io::Result<()> {
///     let full = |e: &io::Error| e.raw_os_error() == Some(28);
///     with! { suppress_if(full) => { out.write_all(b"a line that may be missing")?; } };
///     Ok(())
/// }
/// # assert!(send(Vec::new()).is_ok());
/// # assert!(send(&mut [0; 3][..]).is_err());
/// ```
pub fn suppress_if<E, F>(holds: F) -> SuppressIf<F, E>
where
    E: Suppressible,
    F: Fn(&E) -> bool,
{
    SuppressIf {
        holds,
        finds: |holds, outcome| {
            // First by type alone, which also finds errors that `static_error` does not show.
            if outcome.find().is_some_and(holds) {
                return true;
            }
            let sources = chain(outcome.static_error().and_then(Error::source));
            let mut sources = sources.filter_map(|error| error.downcast_ref());
            sources.any(holds)
        },
        of_type: PhantomData,
    }
}

/// Suppresses a failure if a predicate holds for its error or for one in its
/// [`source`](Error::source) chain.
///
/// It sees what [`Outcome::static_error`] shows, and suppresses nothing where that shows nothing: for
/// an error that is not `Sync`, in generic code whose error is not known to be `Sync`, and under
/// [`try_with`](crate::Manager::try_with). A `Box<dyn Error>` is shown in these cases too, and with the feature `anyhow`
/// an `anyhow::Error`. The other functions here,
/// which name a type, find an error of that type in all these cases.
///
/// ```
/// use std::{fmt, num};
/// use cm_runtime::contextlib::suppress_any;
/// use cm_runtime::with;
///
/// fn run(text: &str) -> Result<(), Box<dyn std::error::Error>> {
///     with! { suppress_any(|e| e.is::<num::ParseIntError>() || e.is::<fmt::Error>()) => {
///         text.parse::<u8>()?;
///         Err(fmt::Error)?;
///     } };
///     Ok(())
/// }
/// assert!(run("x").is_ok() && run("7").is_ok());
/// ```
pub fn suppress_any<F>(holds: F) -> SuppressIf<F>
where
    F: Fn(&AnyError) -> bool,
{
    SuppressIf {
        holds,
        finds: |holds, outcome| chain(outcome.static_error()).any(holds),
        of_type: PhantomData,
    }
}

/// The manager that [`suppress`], [`suppress_kind`] and their kin make; it can be used again,
/// as `&mut manager` or, where it is `Copy`, by value.
///
/// ```
/// use cm_runtime::contextlib::suppress;
/// use cm_runtime::with;
/// let manager = suppress::<std::fmt::Error>();
/// let run = || -> Result<(), std::fmt::Error> {
///     with! { manager => { with! { manager => { Err(std::fmt::Error)? } }; } };
///     Ok(())
/// };
/// assert!(run().is_ok());
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct SuppressIf<F, E: ?Sized = dyn Error> {
    holds: F,
    /// A pointer, for the same reason as in [`Guard`](super::Guard).
    finds: fn(&F, Outcome<'_, Typed>) -> bool,
    of_type: PhantomData<fn(&E)>,
}

impl<F: Clone, E: ?Sized> Clone for SuppressIf<F, E> {
    fn clone(&self) -> Self {
        Self {
            holds: self.holds.clone(),
            finds: self.finds,
            of_type: PhantomData,
        }
    }
}

impl<F: Copy, E: ?Sized> Copy for SuppressIf<F, E> {}

impl<F, E: ?Sized> Unpin for SuppressIf<F, E> {}

impl<F, E: ?Sized> fmt::Debug for SuppressIf<F, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SuppressIf").finish_non_exhaustive()
    }
}

impl<F, E: ?Sized> ContextManager for SuppressIf<F, E> {
    type Lends = Owned<()>;
    type Exit = Suppress;

    #[inline]
    fn enter(&mut self) -> Result<(), Infallible> {
        Ok(())
    }

    #[inline]
    fn exit(&mut self, outcome: Outcome<'_, Typed>) -> Suppress {
        Suppress::when(!outcome.is_success() && (self.finds)(&self.holds, outcome))
    }
}

/// An error and its sources.
fn chain(error: Option<&AnyError>) -> impl Iterator<Item = &AnyError> {
    successors(error, |error| (*error).source())
}
