//! What the tasks of a group fail with, and what the group makes of it.

use core::error::Error;
use core::fmt;
use std::io;
use std::string::String;
use std::vec::Vec;

use crate::exit_stack::one_after_another;

/// A type that tasks can fail with: an [`Error`]; what holds any error that is `Send` and `Sync`
/// ([`BoxError`](crate::exit_stack::BoxError), `anyhow::Error`); a text; or `()`.
///
/// `K`, which the compiler infers, says which of these it is. For other types there is
/// [`TaskGroup::with_errors`](super::TaskGroup::with_errors).
///
/// ```
/// use cm_runtime::contextlib::TaskFailure;
/// use cm_runtime::exit_stack::BoxError;
/// fn failure<E: TaskFailure<K>, K>() {}
/// failure::<std::io::Error, _>();
/// failure::<BoxError, _>();
/// failure::<String, _>();
/// ```
#[diagnostic::on_unimplemented(
    message = "it is not known what error `{Self}` is",
    label = "tasks fail with `{Self}`",
    note = "implement `Error` for it, or make the group with `TaskGroup::with_errors`"
)]
pub trait TaskFailure<K> {
    #[doc(hidden)]
    fn as_error(&self) -> Option<&(dyn Error + 'static)>;
}

/// The kinds of [`TaskFailure`].
mod kind {
    #[derive(Debug)]
    pub enum IsError {}
    #[derive(Debug)]
    pub enum HoldsError {}
    #[derive(Debug)]
    pub enum IsText {}
    #[derive(Debug)]
    pub enum IsUnit {}
}

impl<E: Error + 'static> TaskFailure<kind::IsError> for E {
    fn as_error(&self) -> Option<&(dyn Error + 'static)> {
        Some(self)
    }
}

impl<E: AsRef<dyn Error + Send + Sync + 'static>> TaskFailure<kind::HoldsError> for E {
    fn as_error(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.as_ref())
    }
}

impl<E: AsRef<str>> TaskFailure<kind::IsText> for E {
    fn as_error(&self) -> Option<&(dyn Error + 'static)> {
        None
    }
}

#[diagnostic::do_not_recommend]
impl TaskFailure<kind::IsUnit> for () {
    fn as_error(&self) -> Option<&(dyn Error + 'static)> {
        None
    }
}

/// Returns the `Error` in the error of a task. All are equal, so that it does not count when `TaskErrors` are compared.
pub(super) struct AsError<E>(pub(super) fn(&E) -> Option<&(dyn Error + 'static)>);

impl<E> Clone for AsError<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for AsError<E> {}

impl<E> PartialEq for AsError<E> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<E> Eq for AsError<E> {}

/// How a task has failed.
///
/// Its message is that of the error, and its [`source`](Error::source) the error's.
///
/// ```
/// use cm_runtime::contextlib::TaskError;
/// let error = TaskError::Failed("no answer");
/// assert_eq!(error.to_string(), "no answer");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TaskError<E> {
    /// It returned an error.
    Failed(E),
    /// It panicked, with this message.
    Panicked(Option<String>),
}

impl<E: fmt::Display> fmt::Display for TaskError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(error) => error.fmt(f),
            Self::Panicked(Some(message)) => write!(f, "a task panicked: {message}"),
            Self::Panicked(None) => f.write_str("a task panicked"),
        }
    }
}

impl<E: Error + 'static> Error for TaskError<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed(error) => error.source(),
            Self::Panicked(_) => None,
        }
    }
}

/// The errors of a group's tasks, in the order in which they came.
///
/// The message is made of those of all errors. For a single error the [`source`](Error::source) is that of the error;
/// for several there is none, and the message contains their causes.
///
/// A [`suppress`](fn@crate::contextlib::suppress) finds this type, but not the types of the errors in it: otherwise it
/// could find one of the errors and suppress the others with it. So ask for all of them:
///
/// ```
/// use std::io::{self, ErrorKind::NotFound};
/// use cm_runtime::contextlib::{TaskError, TaskErrors, TaskGroup, suppress_if};
/// use cm_runtime::exit_stack::BoxError;
/// use cm_runtime::with;
///
/// fn all_missing(errors: &TaskErrors<io::Error>) -> bool {
///     let is_missing = |error: &TaskError<io::Error>| {
///         matches!(error, TaskError::Failed(error) if error.kind() == NotFound)
///     };
///     is_missing(errors.first()) && errors.later().iter().all(is_missing)
/// }
///
/// # async fn read(path: &str) -> io::Result<String> { Err(NotFound.into()) }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), BoxError> {
/// with! { suppress_if(all_missing), async TaskGroup::<io::Error>::new()? as tasks => {
///     tasks.spawn(read("a"));
///     tasks.spawn(read("b"));
/// } };
/// # Ok(())
/// # }
/// ```
///
/// An error type that the tasks and the function share can have a variant for them:
///
/// ```
/// use std::{fmt, io};
/// use cm_runtime::contextlib::{TaskErrors, TaskGroup};
/// use cm_runtime::with;
///
/// #[derive(Debug)]
/// enum App {
///     Io(io::Error),
///     Tasks(TaskErrors<App>),
/// }
/// # impl fmt::Display for App {
/// #     fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
/// #         match self {
/// #             Self::Io(error) => error.fmt(f),
/// #             Self::Tasks(errors) => errors.fmt(f),
/// #         }
/// #     }
/// # }
/// # impl std::error::Error for App {}
///
/// impl From<TaskErrors<App>> for App {
///     fn from(errors: TaskErrors<App>) -> Self {
///         Self::Tasks(errors)
///     }
/// }
///
/// async fn run() -> Result<(), App> {
///     with! { async TaskGroup::<App>::new()? as tasks => {
///         tasks.spawn(async { Err::<(), _>(App::Io(io::ErrorKind::NotFound.into())) });
///     } }
///     Ok(())
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// assert_eq!(run().await.unwrap_err().to_string(), "entity not found");
/// # }
/// ```
#[doc(alias = "ExceptionGroup")]
#[derive(Clone, PartialEq, Eq)]
pub struct TaskErrors<E> {
    /// Never empty. The first one is on the heap too, so that the error type of the tasks can contain this type.
    pub(super) all: Vec<TaskError<E>>,
    pub(super) as_error: AsError<E>,
}

impl<E> TaskErrors<E> {
    /// The one for which the other tasks were aborted.
    ///
    /// ```
    /// # use cm_runtime::contextlib::{TaskError, TaskErrors};
    /// fn is_panic(errors: &TaskErrors<std::io::Error>) -> bool {
    ///     matches!(errors.first(), TaskError::Panicked(_))
    /// }
    /// ```
    #[must_use]
    pub fn first(&self) -> &TaskError<E> {
        &self.all[0]
    }

    /// Those that came after it, in their order.
    ///
    /// ```
    /// # use cm_runtime::contextlib::TaskErrors;
    /// fn count(errors: &TaskErrors<std::io::Error>) -> usize {
    ///     1 + errors.later().len()
    /// }
    /// ```
    #[must_use]
    pub fn later(&self) -> &[TaskError<E>] {
        &self.all[1..]
    }

    /// All of them, the first one first.
    ///
    /// ```
    /// # use cm_runtime::contextlib::{TaskError, TaskErrors};
    /// fn all(errors: TaskErrors<std::io::Error>) -> Vec<TaskError<std::io::Error>> {
    ///     errors.into_all()
    /// }
    /// ```
    #[must_use]
    pub fn into_all(self) -> Vec<TaskError<E>> {
        self.all
    }
}

/// For functions that return [`io::Result`]: a single error stays as it is; several, or a panic, are one error of the kind
/// [`Other`](io::ErrorKind::Other), and the inner error a `TaskErrors<io::Error>`. An [`ExitStack`](crate::ExitStack)
/// that fails with an `io::Error` does the same.
///
/// ```
/// use std::io;
/// use cm_runtime::contextlib::TaskGroup;
/// use cm_runtime::with;
///
/// async fn read() -> io::Result<()> {
///     with! { async TaskGroup::new()? as tasks => {
///         tasks.spawn(async { std::fs::read("missing") });
///     } }
///     Ok(())
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// assert_eq!(read().await.unwrap_err().kind(), io::ErrorKind::NotFound);
/// # }
/// ```
impl From<TaskErrors<Self>> for io::Error {
    fn from(mut errors: TaskErrors<Self>) -> Self {
        if let [TaskError::Failed(_)] = errors.all[..] {
            if let Some(TaskError::Failed(error)) = errors.all.pop() {
                return error;
            }
        }
        Self::other(errors)
    }
}

impl<E: fmt::Debug> fmt::Debug for TaskErrors<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskErrors")
            .field("first", self.first())
            .field("later", &self.later())
            .finish_non_exhaustive()
    }
}

impl<E: fmt::Display> fmt::Display for TaskErrors<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.all[..] {
            [one] => one.fmt(f),
            several => one_after_another(f, several.iter(), |error| self.as_error(error)),
        }
    }
}

/// Not only for an `E` that is an [`Error`]: boxes of any error are none.
impl<E: fmt::Debug + fmt::Display> Error for TaskErrors<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.all[..] {
            [one] => self.as_error(one)?.source(),
            _ => None,
        }
    }
}

impl<E> TaskErrors<E> {
    fn as_error<'a>(&self, error: &'a TaskError<E>) -> Option<&'a (dyn Error + 'static)> {
        match error {
            TaskError::Failed(error) => (self.as_error.0)(error),
            TaskError::Panicked(_) => None,
        }
    }
}
