//! A body's panic.

use core::any::Any;
use core::fmt;

use crate::raw::Local;

/// A body's panic.
///
/// Message and payload are known only under `=> catch`: in other bodies exit runs while the panic unwinds, and
/// nothing has caught it yet.
///
/// ```
/// use cm_runtime::Outcome;
/// fn log(outcome: Outcome<'_>) {
///     if let Outcome::Panicked(panic) = outcome {
///         eprintln!("{panic}"); // "the block panicked", and after a colon what the panic said, if that is known
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

    /// Whether it was caught, on whatever thread.
    #[inline]
    pub(crate) fn is_caught(&self) -> bool {
        self.payload.is_some()
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
        self.payload.and_then(Local::get)
    }
}

#[cfg(feature = "std")]
pub(crate) fn message_of<'a>(payload: &'a (dyn Any + Send + 'static)) -> Option<&'a str> {
    match payload.downcast_ref::<&'static str>() {
        Some(text) => Some(text),
        None => payload.downcast_ref::<std::string::String>().map(|s| &**s),
    }
}

impl fmt::Display for Panic<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.message {
            Some(message) => write!(f, "the block panicked: {message}"),
            None => f.write_str("the block panicked"),
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
