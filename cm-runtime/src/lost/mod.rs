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
//! listener of the stack is told, not that of the entry. The exception is a stack that is dropped without a
//! close, and so has nobody to return its errors to: there the listeners of the entries are told.
//!
//! Python's model is `sys.unraisablehook`.

use core::any::type_name;
use core::error::Error;
use core::fmt;
use core::future::Ready;
use core::panic::Location;

use crate::outcome::Outcome;
use crate::raw::{AsyncGenerator, Generator};

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

    /// The name of the manager's type, as [`type_name`] gives it; for a function
    /// with [`#[context_manager]`](macro@crate::context_manager), the function's path; for a `detached` manager, the
    /// name of the manager in it.
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
        // Computed only here, since most exits lose no error.
        let mut name = self.manager;
        while let Some(held) = detached_of(name) {
            name = held;
        }
        function_of(name).unwrap_or(name)
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
            Outcome::Failed(failure) => write!(f, " (the body had failed: {failure})"),
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

/// The path of the function that made a generator, from the name of the generator's type, or of that of a
/// pointer, box or option of one.
///
/// The type's last argument is the generated code, which is named after the closures of the function in which
/// it stands. `None` if the name does not look like that: the form of type names is not guaranteed.
fn function_of(name: &'static str) -> Option<&'static str> {
    const HOLDERS: [&str; 4] = [
        "&mut ",
        "core::pin::Pin<",
        "alloc::boxed::Box<",
        "core::option::Option<",
    ];
    let mut inner = name;
    while let Some(held) = HOLDERS.iter().find_map(|of| inner.strip_prefix(of)) {
        inner = held;
    }
    let generators = [
        type_name::<Generator<(), ()>>(),
        type_name::<AsyncGenerator<(), Ready<()>>>(),
    ];
    let arguments = generators.iter().find_map(|generator| {
        let (path, _) = generator.split_once('<')?;
        inner.strip_prefix(path)?.strip_prefix('<')
    })?;
    let arguments = arguments.trim_end_matches('>');
    let code = &arguments[last_of(arguments)..];
    let function = code.trim_end_matches("::{{closure}}");
    (function.len() < code.len()).then_some(function)
}

/// The manager in a `detached` one, from the name of its type: the last argument of that is the code of
/// [`framed`](crate::raw::framed), of which the manager is the argument.
#[cfg(feature = "tokio")]
fn detached_of(name: &'static str) -> Option<&'static str> {
    use crate::contextlib::Detached;

    let (path, _) = type_name::<Detached<(), Ready<()>>>().split_once('<')?;
    let arguments = name.strip_prefix(path)?.strip_prefix('<')?;
    let arguments = arguments.strip_suffix('>')?;
    let code = &arguments[last_of(arguments)..];
    let code = code.trim_end_matches("::{{closure}}");
    let (_, manager) = code.split_once("::framed<")?;
    manager.strip_suffix('>')
}

#[cfg(not(feature = "tokio"))]
fn detached_of(_: &'static str) -> Option<&'static str> {
    None
}

/// Where the last one of some arguments begins.
fn last_of(arguments: &str) -> usize {
    let mut depth = 0;
    let mut behind = ' ';
    for (at, c) in arguments.char_indices().rev() {
        match c {
            // The `>` of an `->` is no bracket.
            '>' if !arguments[..at].ends_with('-') => depth += 1,
            '<' => depth -= 1,
            ',' if depth == 0 && behind == ' ' => return at + 2,
            _ => {}
        }
        behind = c;
    }
    0
}

#[cfg(not(feature = "std"))]
pub(crate) fn report(_: &LostError<'_>) {}

#[cfg(feature = "std")]
pub(crate) use with_std::report;
#[cfg(feature = "std")]
pub use with_std::{CapturedError, capture, set_lost_error_hook, take_lost_error_hook};

#[cfg(feature = "std")]
mod with_std {
    use std::boxed::Box;
    use std::cell::RefCell;
    use std::io::Write as _;
    use std::panic::Location;
    use std::string::{String, ToString};
    use std::sync::{Arc, PoisonError, RwLock};
    use std::vec::Vec;

    use super::{LostCause, LostError};
    use crate::__private::lose::caught;

    type Hook = Arc<dyn Fn(&LostError<'_>) + Send + Sync>;

    static HOOK: RwLock<Option<Hook>> = RwLock::new(None);

    std::thread_local! {
        static CAPTURES: RefCell<Vec<Vec<CapturedError>>> = const { RefCell::new(Vec::new()) };
    }

    /// Replaces the process-wide hook that is told of lost errors; the default prints one line on
    /// standard error. [`take_lost_error_hook`] puts the default back.
    ///
    /// The hook runs on the thread that lost the error, maybe while a panic unwinds; its own
    /// panics are caught and reported on standard error.
    ///
    /// ```
    /// cm_runtime::set_lost_error_hook(|lost| eprintln!("warning: {lost}"));
    /// # cm_runtime::take_lost_error_hook();
    /// ```
    pub fn set_lost_error_hook(hook: impl Fn(&LostError<'_>) + Send + Sync + 'static) {
        *HOOK.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(hook));
    }

    /// Removes the process-wide hook, so that the default is in force again, and returns it; `None` if
    /// there was none.
    ///
    /// A new hook can call the one that was there before:
    ///
    /// ```
    /// use cm_runtime::{set_lost_error_hook, take_lost_error_hook};
    /// # fn count() {}
    /// let before = take_lost_error_hook();
    /// set_lost_error_hook(move |lost| {
    ///     count();
    ///     match &before {
    ///         Some(before) => before(lost),
    ///         None => eprintln!("{lost}"),
    ///     }
    /// });
    /// # assert!(take_lost_error_hook().is_some());
    /// # assert!(take_lost_error_hook().is_none());
    /// ```
    #[allow(clippy::type_complexity, reason = "as that of `std::panic::take_hook`")]
    pub fn take_lost_error_hook() -> Option<Box<dyn Fn(&LostError<'_>) + Send + Sync>> {
        let hook = HOOK
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take()?;
        // Shared, since it may be running on other threads.
        Some(Box::new(move |lost| hook(lost)))
    }

    /// A lost error, as [`capture`] keeps it.
    ///
    /// ```
    /// let ((), lost) = cm_runtime::lost::capture(|| ());
    /// assert!(lost.iter().all(|lost| lost.line.contains("lost in the exit of")));
    /// ```
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct CapturedError {
        /// The line that the default hook would have printed.
        pub line: String,
        /// The error as its `Display` shows it, or its `Debug` where it is not [known](LostCause::Failed) to
        /// be an `Error`; the message of a panic.
        pub error: String,
        /// Whether exit panicked.
        pub panicked: bool,
        /// The name of the manager's type.
        pub manager: &'static str,
        /// Where the manager was entered.
        pub place: &'static Location<'static>,
    }

    /// Runs `f` and returns what it returned, with the errors that were lost on this thread
    /// meanwhile; they do not reach the process-wide hook. For tests, which run in parallel.
    ///
    /// Captures nest: the innermost one gets the errors. What other threads lose is not captured.
    ///
    /// # Panics
    /// If `f` does. What it had lost goes to the capture further out, or to standard error.
    ///
    /// ```
    /// # use std::convert::Infallible;
    /// # use cm_runtime::{ContextManager, Outcome, Owned};
    /// use cm_runtime::{lost, with};
    /// struct Sour;
    /// impl ContextManager for Sour {
    ///     type Lends = Owned<()>;
    ///     type Exit = Result<(), &'static str>;
    ///     fn enter(&mut self) -> Result<(), &'static str> {
    ///         Ok(())
    ///     }
    ///     fn exit(&mut self, _: Outcome<'_>) -> Result<(), &'static str> {
    ///         Err("disk full")
    ///     }
    /// }
    ///
    /// let (block, lost) = lost::capture(|| {
    ///     with! { Sour => { "x".parse::<u8>() } }
    /// });
    /// assert!(block.unwrap().is_err(), "the body's error goes on");
    /// assert_eq!(lost.len(), 1);
    /// assert_eq!(lost[0].error, "\"disk full\"");
    /// ```
    pub fn capture<R>(f: impl FnOnce() -> R) -> (R, Vec<CapturedError>) {
        struct Pop;
        impl Drop for Pop {
            fn drop(&mut self) {
                let left = CAPTURES.with_borrow_mut(|captures| {
                    let left = captures.pop().unwrap_or_default();
                    let Some(outer) = captures.last_mut() else {
                        return left;
                    };
                    outer.extend(left);
                    Vec::new()
                });
                for lost in left {
                    print(lost.line);
                }
            }
        }

        CAPTURES.with_borrow_mut(|captures| captures.push(Vec::new()));
        let pop = Pop;
        let value = f();
        let lost = CAPTURES.with_borrow_mut(|captures| captures.last_mut().map(core::mem::take));
        drop(pop);
        (value, lost.unwrap_or_default())
    }

    fn captured(lost: &LostError<'_>) -> bool {
        let is_captured = CAPTURES.try_with(|captures| !captures.borrow().is_empty());
        if !is_captured.unwrap_or(false) {
            return false;
        }
        // Outside of the borrow: `Display` and `Debug` of the error are user code, which may lose errors itself.
        let (error, panicked) = match lost.cause {
            LostCause::Failed { error: Some(e), .. } => (e.to_string(), false),
            LostCause::Failed { debug, .. } => (std::format!("{debug:?}"), false),
            LostCause::Panicked { message } => (message.unwrap_or_default().into(), true),
        };
        let captured = CapturedError {
            line: lost.to_string(),
            error,
            panicked,
            manager: lost.manager(),
            place: lost.place,
        };
        CAPTURES.with_borrow_mut(|captures| {
            let innermost = captures.last_mut();
            innermost.map(|lost| lost.push(captured)).is_some()
        })
    }

    pub(crate) fn report(lost: &LostError<'_>) {
        let report = || {
            if captured(lost) {
                return;
            }
            let hook = HOOK.read().unwrap_or_else(PoisonError::into_inner).clone();
            match hook {
                Some(hook) => hook(lost),
                None => print(lost.to_string()),
            }
        };
        if caught(report).is_err() {
            print("the lost-error hook panicked".into());
        }
    }

    /// One line on standard error; where that cannot be written to, nobody can be told. (`eprintln!`
    /// would panic.)
    fn print(mut line: String) {
        line.push('\n');
        let _ = std::io::stderr().write_all(line.as_bytes());
    }
}
