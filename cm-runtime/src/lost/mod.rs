//! Errors of exit that cannot reach the caller.
//!
//! The first failure wins: when the body has failed and exit fails too, the body's error goes on.
//! Exit's error, or its panic during unwinding, is not dropped silently: it is *lost*, which means that it is
//! reported. The first of these that exists is told of it:
//!
//! 1. the manager's own listener, attached with [`Manager::on_lost`](crate::Manager::on_lost), or else its own
//!    implementation of [`lost`](crate::ContextManager::lost);
//! 2. the innermost [`capture`] that is running on this thread, for tests;
//! 3. the process-wide hook, [`set_lost_error_hook`]. If none is set, a line is written to standard error.
//!
//! If an entry of an [`ExitStack`](crate::ExitStack) fails, that is an error of the stack. If it is lost, the
//! listener of the stack is told, not that of the entry. An error that does not leave the stack is reported by the stack
//! itself, and not to its listener:
//! - to 2 or 3, if it came after a failure that an older entry suppresses, or was collected before an entry panicked; and
//!   a panic of an entry, while another one unwinds;
//! - to the listener of the entry, if the stack has nobody to return errors to: it is dropped without a close, or a
//!   newer entry has panicked. (The listener of an entry of an [`AsyncExitStack`](crate::AsyncExitStack) is told only if
//!   its exit is dropped half-way.)
//!
//! Not lost in this sense, and not reported, is an error that was on its way when something else came in between. If
//! an exit panics, or a future is dropped while it awaits an exit, then the error of the body, or of an exit further in,
//! is dropped as any value of the function is. So is the payload of a panic that a `=> catch` has caught, if an exit
//! panics: its message was printed when it began. (Stacks report errors that they have collected.)
//!
//! Python's model is `sys.unraisablehook`.

#[cfg(feature = "std")]
mod hook;
mod name;

use core::error::Error;
use core::fmt;
use core::panic::Location;

use crate::outcome::Outcome;

#[cfg(feature = "std")]
pub(crate) use self::hook::report;
#[cfg(feature = "std")]
pub use self::hook::{CapturedError, capture, set_lost_error_hook, take_lost_error_hook};

/// A lost error, with the manager that lost it, and where: the argument of the hook.
///
/// Its [`Display`](fmt::Display) is the line that the default hook prints.
///
/// ```
/// use cm_runtime::LostError;
/// fn log(lost: &LostError<'_>) {
///     eprintln!("{} failed to exit: {:?}", lost.manager(), lost.cause());
/// }
/// cm_runtime::set_lost_error_hook(log);
/// ```
pub struct LostError<'a> {
    pub(crate) cause: LostCause<'a>,
    pub(crate) manager: &'static str,
    pub(crate) place: &'static Location<'static>,
    pub(crate) outcome: Outcome<'a>,
}

/// What was lost: an error that exit returned, or a panic of exit.
///
/// ```
/// use cm_runtime::LostCause;
/// fn is_panic(cause: &LostCause<'_>) -> bool {
///     matches!(cause, LostCause::Panicked { .. })
/// }
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug)]
pub enum LostCause<'a> {
    /// Exit returned an error after the body had failed, panicked, or been cancelled.
    #[non_exhaustive]
    Failed {
        /// The error as `Debug`, which every error of an exit implements.
        debug: &'a (dyn fmt::Debug + 'a),
        /// The error as an `Error`, if its type is known to implement that. It is not known in generic code
        /// without such a bound, under [`Manager::with`](crate::Manager::with) and
        /// [`try_with`](crate::Manager::try_with), and in an exit that a `detached` manager has spawned.
        error: Option<&'a (dyn Error + 'a)>,
    },
    /// Exit panicked while a panic was unwinding; it was caught, since a second one aborts.
    #[non_exhaustive]
    Panicked {
        /// What the panic said, if its payload is a string.
        message: Option<&'a str>,
    },
}

impl<'a> LostError<'a> {
    /// What exit did.
    ///
    /// ```
    /// # fn listener(lost: &cm_runtime::LostError<'_>) {
    /// if let cm_runtime::LostCause::Panicked { message, .. } = lost.cause() {
    ///     eprintln!("exit panicked: {}", message.unwrap_or("?"));
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn cause(&self) -> LostCause<'a> {
        self.cause
    }

    /// The name of the manager's type, as [`type_name`](core::any::type_name) gives it; for a function
    /// with [`#[context_manager]`](macro@crate::context_manager), the function's path; for a `detached` manager, and one
    /// with a listener, the name of the manager in it.
    ///
    /// ```
    /// # fn listener(lost: &cm_runtime::LostError<'_>) {
    /// if lost.manager().contains("my_crate::") {
    ///     eprintln!("one of ours: {lost}");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn manager(&self) -> &'static str {
        // Only here, since most exits lose no error.
        name::of_manager(self.manager)
    }

    /// Where the manager was entered: its expression in the header of `with!`.
    ///
    /// In other cases:
    /// - for an entry of an exit stack, where it was put onto the stack;
    /// - for errors that a stack had collected which was not entered, where the stack was made;
    /// - for a manager that another one around it has cancelled by `cancel`, and not by
    ///   [`cancelled`](crate::AsyncContextManager::cancelled), where that was called.
    ///
    /// ```
    /// # fn listener(lost: &cm_runtime::LostError<'_>) {
    /// eprintln!("{}:{}", lost.place().file(), lost.place().line());
    /// # }
    /// ```
    #[must_use]
    pub fn place(&self) -> &'static Location<'static> {
        self.place
    }

    /// The outcome that exit was told: the failure that went on instead.
    ///
    /// ```
    /// # fn listener(lost: &cm_runtime::LostError<'_>) {
    /// assert!(!lost.outcome().is_success());
    /// # }
    /// ```
    #[must_use]
    pub fn outcome(&self) -> Outcome<'a> {
        self.outcome
    }
}

impl fmt::Display for LostError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, outcome, .. } = self;
        let manager = self.manager();
        write!(f, "lost in the exit of `{manager}`, entered at {place}: ")?;
        match self.cause {
            LostCause::Failed {
                error: Some(error), ..
            } => write!(f, "{error}")?,
            LostCause::Failed { debug, .. } => write!(f, "{debug:?}")?,
            LostCause::Panicked { message } => {
                write!(f, "a panic: {}", message.unwrap_or("(no message)"))?;
            }
        }
        match outcome {
            Outcome::Failed(failure) => match failure.error() {
                Some(error) => write!(f, " (the body had failed: {error})"),
                None => f.write_str(" (the body had failed)"),
            },
            Outcome::Panicked(_) => f.write_str(" (the body had panicked)"),
            Outcome::Cancelled => f.write_str(" (the body was cancelled)"),
            Outcome::Succeeded(_) => Ok(()),
        }
    }
}

impl fmt::Debug for LostError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LostError")
            .field("cause", &self.cause)
            .field("manager", &self.manager())
            .field("place", &format_args!("{}", self.place))
            .field("outcome", &self.outcome)
            .finish()
    }
}

#[cfg(not(feature = "std"))]
pub(crate) fn report(_: &LostError<'_>) {}
