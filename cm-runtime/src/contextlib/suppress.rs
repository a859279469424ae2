//! `suppress`: failures that are expected.

use core::convert::Infallible;
use core::error::Error;
use core::fmt;
use core::marker::PhantomData;
use std::io;

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
/// For several types see [`suppress_any`], or put several of them into one header: the block of two is
/// an `Option<Option<T>>`.
///
/// As a statement such a block takes a semicolon, since it is an `Option`.
pub fn suppress<E: Error + 'static>() -> SuppressIf<impl Fn(Chain<'_>) -> bool + Copy> {
    suppress_any(|error: Chain<'_>| error.is::<E>())
}

/// Suppresses a failure with an [`io::Error`] of one kind: `suppress(FileNotFoundError)` and the
/// like in Python, where each kind is a class.
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
pub fn suppress_kind(kind: io::ErrorKind) -> SuppressIf<impl Fn(Chain<'_>) -> bool + Copy> {
    suppress_any(move |error: Chain<'_>| {
        let error: Option<&io::Error> = error.downcast_ref();
        error.is_some_and(|error| error.kind() == kind)
    })
}

/// Suppresses a failure with an error of type `E` for which a predicate holds.
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
