//! `TaskGroup`: tasks that do not outlive their block.

mod errors;
mod output;
mod tasks;

use core::error::Error;
use core::fmt;
use core::panic::Location;

use self::errors::AsError;
use self::tasks::Late;
use crate::async_manager::{self, AsyncContextManager};
use crate::lends::Mut;
use crate::outcome::{Failure, Outcome, Panic};

pub use self::errors::{TaskError, TaskErrors, TaskFailure};
pub use self::output::{Output, OutputLost};
pub use self::tasks::Tasks;

/// Tasks that end with the block: Python's `asyncio.TaskGroup`.
///
/// The body spawns tasks on the lent [`Tasks`]. Exit joins all of them: after a success of the body it waits until
/// they end; after a failure it aborts them first. When a task fails, exit aborts the others. The
/// first error is the error of the block, and the others are kept with it.
///
/// When exit cannot be awaited the tasks are aborted, and end at their next await. If one of them fails before that, its
/// error is [lost](mod@crate::lost).
///
/// Unlike Python's group, this one does not interrupt the body when a task fails: only the body's own awaits could do
/// that. For that purpose the body can await [`Tasks::next_failed`] beside other things. A task cannot spawn into
/// the group that it is in either: it has a group of its own, or asks the body to.
///
/// The tasks' error type `E` is a [`TaskFailure`]; if the tasks do not determine it, write `TaskGroup::<E>::new()?`. A
/// `?` converts the block's error, [`TaskErrors<E>`], into a boxed error if `E` implements `Display`. For
/// an error type of your own see there.
///
/// ```
/// use cm_runtime::contextlib::TaskGroup;
/// use cm_runtime::with;
///
/// async fn page(number: u32) -> Result<String, std::io::Error> {
///     Ok(format!("page {number}"))
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let pages = with! { async TaskGroup::new() as tasks => {
///     [tasks.spawn(page(1)), tasks.spawn(page(2))]
/// } };
/// let [first, _] = pages.unwrap();
/// assert_eq!(first.await.unwrap(), "page 1");
/// # }
/// ```
///
/// Tasks may fail with boxes of any error, and so may the function:
///
/// ```
/// use cm_runtime::contextlib::TaskGroup;
/// use cm_runtime::exit_stack::BoxError;
/// use cm_runtime::with;
///
/// async fn sum(texts: [&'static str; 2]) -> Result<u32, BoxError> {
///     let outputs = with! { async TaskGroup::<BoxError>::new()? as tasks => {
///         texts.map(|text| tasks.spawn(async move { Ok(text.parse::<u32>()?) }))
///     } };
///     let [one, two] = outputs;
///     Ok(one.await? + two.await?)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// assert_eq!(sum(["1", "2"]).await.unwrap(), 3);
/// let error = sum(["1", "x"]).await.unwrap_err();
/// assert_eq!(error.to_string(), "invalid digit found in string");
/// # }
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { async manager => { .. } }`"]
pub struct TaskGroup<E> {
    tasks: Tasks<E>,
    as_error: AsError<E>,
    place: &'static Location<'static>,
}

impl<E> TaskGroup<E> {
    /// A group without tasks. The compiler infers `K`, which says what kind of [`TaskFailure`] the tasks' error is.
    ///
    /// See the type for an example.
    #[track_caller]
    pub fn new<K>() -> Self
    where
        E: TaskFailure<K>,
    {
        Self::with_errors(E::as_error)
    }

    /// A group for errors that are no [`TaskFailure`]: `as_error` returns the [`Error`] in one of them, if there is
    /// one.
    ///
    /// ```
    /// use cm_runtime::contextlib::TaskGroup;
    /// #[derive(Debug)]
    /// enum Ended {
    ///     ByUser,
    ///     ByDisk(std::io::Error),
    /// }
    /// let group = TaskGroup::<Ended>::with_errors(|ended| match ended {
    ///     Ended::ByUser => None,
    ///     Ended::ByDisk(error) => Some(error),
    /// });
    /// # drop(group);
    /// ```
    #[track_caller]
    pub fn with_errors(as_error: fn(&E) -> Option<&(dyn Error + 'static)>) -> Self {
        Self {
            tasks: Tasks::new(),
            as_error: AsError(as_error),
            place: Location::caller(),
        }
    }

    /// The errors that there are.
    fn answer(&mut self) -> Result<(), TaskErrors<E>> {
        let all = self.tasks.take_errors();
        if all.is_empty() {
            return Ok(());
        }
        Err(TaskErrors {
            all,
            as_error: self.as_error,
        })
    }
}

impl<E> Unpin for TaskGroup<E> {}

impl<E: Error + 'static> Default for TaskGroup<E> {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl<E> fmt::Debug for TaskGroup<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TaskGroup").field(&self.tasks).finish()
    }
}

impl<E: fmt::Debug + Send> AsyncContextManager for TaskGroup<E> {
    type Lends = Mut<Tasks<E>>;
    type Exit = Result<(), TaskErrors<E>>;

    async fn enter(&mut self) -> Result<&mut Tasks<E>, TaskErrors<E>> {
        self.tasks.report_late(None);
        Ok(&mut self.tasks)
    }

    async fn exit(&mut self, outcome: Outcome<'_>) -> Result<(), TaskErrors<E>> {
        let tasks = &mut self.tasks;
        if !outcome.is_success() || tasks.have_failed() {
            tasks.abort_all();
        }
        while tasks.next_failed().await {
            tasks.abort_all();
        }
        self.answer()
    }

    #[track_caller]
    fn cancel(&mut self, outcome: Outcome<'_>) {
        async_manager::cancel(self, outcome);
    }

    fn cancelled(&mut self, outcome: Outcome<'_>) -> Option<Self::Exit> {
        self.tasks.join_ended();
        self.tasks.abort_all();
        let outcome = match outcome {
            Outcome::Panicked(_) => Outcome::Panicked(Panic::uncaught()),
            Outcome::Failed(_) => Outcome::Failed(Failure::opaque()),
            _ => Outcome::Cancelled,
        };
        let late = Late::new(self.as_error, self.place, outcome);
        self.tasks.report_late(Some(late));
        Some(self.answer())
    }
}
