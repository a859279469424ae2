//! The process-wide hook, and captures, which come before it.

use std::boxed::Box;
use std::cell::RefCell;
use std::format;
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
/// panics are caught and reported on standard error, with the line that the default would have printed.
///
/// ```
/// cm_runtime::set_lost_error_hook(|lost| eprintln!("warning: {lost}"));
/// # cm_runtime::take_lost_error_hook();
/// ```
pub fn set_lost_error_hook(hook: impl Fn(&LostError<'_>) + Send + Sync + 'static) {
    let before = HOOK
        .write()
        .unwrap_or_else(PoisonError::into_inner)
        .replace(Arc::new(hook));
    // Behind the lock: its `Drop` is user code, which may lose an error.
    drop(before);
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
/// Captures nest: the innermost one gets the errors. What other threads lose is not captured. Nor is what a future
/// loses that `f` returns: it runs later. Run it in `f`, with the `block_on` of a runtime.
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
        LostCause::Failed { error: Some(e), .. } => (shown(|| e.to_string()), false),
        LostCause::Failed { debug, .. } => (shown(|| format!("{debug:?}")), false),
        LostCause::Panicked { message } => (message.unwrap_or_default().into(), true),
    };
    let captured = CapturedError {
        line: line(lost),
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
            None => print(line(lost)),
        }
    };
    if caught(report).is_err() {
        print(format!(
            "the lost-error hook panicked, told of: {}",
            line(lost)
        ));
    }
}

/// What `show` returns. That is user code: a panic of it says so.
fn shown(show: impl FnOnce() -> String) -> String {
    caught(show).unwrap_or_else(|_| "(it panics when it is shown)".into())
}

/// The line that the default prints; with as much as can be shown.
fn line(lost: &LostError<'_>) -> String {
    caught(|| lost.to_string()).unwrap_or_else(|_| {
        let LostError { place, .. } = lost;
        let manager = lost.manager();
        format!("lost in the exit of `{manager}`, entered at {place}: (it panics when it is shown)")
    })
}

/// One line on standard error; where that cannot be written to, nobody can be told. (`eprintln!`
/// would panic.)
fn print(mut line: String) {
    line.push('\n');
    let _ = std::io::stderr().write_all(line.as_bytes());
}
