//! `Kept`: a copy of an outcome, which can outlive the block.

use core::error::Error;
use core::fmt;
use std::boxed::Box;
use std::string::{String, ToString as _};

use crate::outcome::{ErrorRef, Failure, Leave, Outcome, Panic, Sees};

/// A copy of an outcome, with the texts of an error in place of the error.
pub(crate) enum Kept {
    Succeeded(Leave),
    Failed(Option<Copied>),
    Panicked(Option<String>),
    Cancelled,
}

impl Kept {
    pub(crate) fn of(outcome: Outcome<'_>) -> Self {
        match outcome {
            Outcome::Succeeded(leave) => Self::Succeeded(leave),
            Outcome::Failed(failure) => Self::Failed(failure.error().map(Copied::of)),
            Outcome::Panicked(panic) => Self::Panicked(panic.message().map(String::from)),
            Outcome::Cancelled => Self::Cancelled,
        }
    }

    pub(crate) fn outcome<V: Sees<'static>>(&self) -> Outcome<'_, V> {
        match self {
            Self::Succeeded(leave) => Outcome::Succeeded(*leave),
            Self::Failed(None) => Outcome::Failed(Failure::opaque()),
            Self::Failed(Some(error)) => {
                Outcome::Failed(Failure::new(error, Some(ErrorRef::Sync(error))))
            }
            Self::Panicked(message) => Outcome::Panicked(Panic::told(message.as_deref())),
            Self::Cancelled => Outcome::Cancelled,
        }
    }
}

/// The texts of an error and of its sources.
pub(crate) struct Copied {
    display: String,
    debug: String,
    source: Option<Box<Copied>>,
}

impl Copied {
    fn of(error: &dyn Error) -> Self {
        Self {
            display: error.to_string(),
            debug: std::format!("{error:?}"),
            source: error.source().map(|source| Box::new(Self::of(source))),
        }
    }
}

impl fmt::Display for Copied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display)
    }
}

impl fmt::Debug for Copied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.debug)
    }
}

impl Error for Copied {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
