//! `suppress`: failures that are expected.

use core::convert::Infallible;
use core::error::Error;
use core::fmt;
use core::marker::PhantomData;

use crate::lends::Owned;
use crate::manager::ContextManager;
use crate::outcome::{Outcome, Typed};
use crate::verdict::Suppress;

type Chain<'a> = &'a (dyn Error + 'static);

/// Suppresses a failure with an error of type `E`: Python's `contextlib.suppress`.
///
/// It looks at the error that the body failed with, into a box of one (`Box<dyn Error>`), and down
/// its [`source`](Error::source) chain.
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
/// For several types put several of them into one header, or see [`suppress_any`].
pub fn suppress<E: Error + 'static>() -> SuppressIf<impl Fn(Chain<'_>) -> bool + Copy> {
    suppress_any(|error: Chain<'_>| error.is::<E>())
}

/// Suppresses a failure with an error of type `E` for which a predicate holds.
///
/// ```
/// use std::{fs, io};
/// use cm_runtime::contextlib::suppress_if;
/// use cm_runtime::with;
///
/// fn remove(path: &std::path::Path) -> io::Result<()> {
///     let missing = |e: &io::Error| e.kind() == io::ErrorKind::NotFound;
///     with! { suppress_if(missing) => { fs::remove_file(path)?; } };
///     Ok(())
/// }
/// assert!(remove(std::path::Path::new("no-such-file")).is_ok());
/// ```
pub fn suppress_if<E, F>(holds: F) -> SuppressIf<impl Fn(Chain<'_>) -> bool + Clone + use<E, F>>
where
    E: Error + 'static,
    F: Fn(&E) -> bool + Clone,
{
    let of_type = PhantomData::<fn(&E)>;
    suppress_any(move |error: Chain<'_>| {
        let _ = of_type;
        error.downcast_ref().is_some_and(&holds)
    })
}

/// Suppresses a failure if a predicate holds for its error or for one in its
/// [`source`](Error::source) chain.
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
    F: Fn(Chain<'_>) -> bool,
{
    SuppressIf { holds }
}

/// The manager that [`suppress`], [`suppress_if`] and [`suppress_any`] make; it can be used again,
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
#[derive(Clone, Copy)]
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct SuppressIf<F> {
    holds: F,
}

impl<F> Unpin for SuppressIf<F> {}

impl<F> fmt::Debug for SuppressIf<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SuppressIf").finish_non_exhaustive()
    }
}

impl<F> ContextManager for SuppressIf<F>
where
    F: Fn(Chain<'_>) -> bool,
{
    type Lends = Owned<()>;
    type Exit = Suppress;

    #[inline]
    fn enter(&mut self) -> Result<(), Infallible> {
        Ok(())
    }

    fn exit(&mut self, outcome: Outcome<'_, Typed>) -> Suppress {
        let mut error = outcome.static_error();
        while let Some(here) = error {
            if (self.holds)(here) {
                return Suppress::Yes;
            }
            error = here.source();
        }
        Suppress::No
    }
}
