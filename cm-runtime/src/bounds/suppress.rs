//! The bound on the type of errors to suppress.

use core::error::Error;

/// What [`suppress`](crate::contextlib::suppress) and [`suppress_if`](crate::contextlib::suppress_if) look
/// for: any type that implements [`Error`].
///
/// ```
/// use cm_runtime::bounds::Suppressible;
///
/// fn can_be_suppressed<E: Suppressible>() {}
/// can_be_suppressed::<std::io::Error>();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no type of errors that can be looked for",
    label = "does not implement `Error`",
    note = "for what holds any error, as a `Box<dyn Error>` or an `anyhow::Error`, name the type of the error in it, or ask for a condition with `suppress_any(|error| ..)`",
    note = "an `io::ErrorKind` is for `suppress_kind(kind)`"
)]
pub trait Suppressible: Error + 'static {}

#[diagnostic::do_not_recommend]
impl<E: Error + 'static> Suppressible for E {}
