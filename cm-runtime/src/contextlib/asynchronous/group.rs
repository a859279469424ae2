//! `TaskGroup`: tasks that do not outlive their block.

mod errors;

use core::error::Error;
use core::fmt;
use core::future::Future;
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::vec::Vec;

use tokio::sync::oneshot;
use tokio::task::{AbortHandle, JoinError, JoinSet};

use self::errors::AsError;
use crate::__private::lose::message_left;
use crate::async_manager::{self, AsyncContextManager};
use crate::lends::Mut;
use crate::lost::{LostCause, LostError};
use crate::outcome::{Failure, Outcome, Panic};

pub use self::errors::{TaskError, TaskErrors, TaskFailure};

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
            tasks: Tasks {
                set: JoinSet::new(),
                unjoined: Arc::new(Mutex::new(Unjoined {
                    errors: VecDeque::new(),
                    late: None,
                })),
                errors: Vec::new(),
                untold: 0,
            },
            as_error: AsError(as_error),
            place: Location::caller(),
        }
    }

    /// The errors that there are.
    fn answer(&mut self) -> Result<(), TaskErrors<E>> {
        let unjoined = core::mem::take(&mut lock(&self.tasks.unjoined).errors);
        let mut all = core::mem::take(&mut self.tasks.errors);
        self.tasks.untold = 0;
        all.extend(unjoined.into_iter().map(TaskError::Failed));
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

/// The tasks of a [`TaskGroup`], which its body gets.
///
/// ```
/// use cm_runtime::contextlib::Tasks;
/// fn spawn(tasks: &mut Tasks<std::io::Error>) {
///     tasks.spawn(async { Ok(()) });
/// }
/// # let _ = spawn;
/// ```
pub struct Tasks<E> {
    /// The tasks return whether they have failed. They do not return their errors, since tokio wants the return type to
    /// be `'static`: of a box of any error the compiler does not see that where it checks whether a future is `Send`
    /// (rust-lang/rust#110338).
    set: JoinSet<bool>,
    unjoined: Arc<Mutex<Unjoined<E>>>,
    errors: Vec<TaskError<E>>,
    /// How many of them were found by a spawn, which nobody has been told of.
    untold: usize,
}

/// The errors of tasks that have failed, and have not been joined.
struct Unjoined<E> {
    errors: VecDeque<E>,
    /// Set when the group has been cancelled: nobody joins the tasks any more, which report their errors by this.
    late: Option<Late<E>>,
}

/// Reports the error of a task that has failed when the group had been cancelled.
struct Late<E> {
    report: fn(&Self, &E),
    as_error: AsError<E>,
    place: &'static Location<'static>,
    outcome: Outcome<'static>,
}

impl<E> Clone for Late<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Late<E> {}

impl<E: fmt::Debug> Late<E> {
    fn report(&self, error: &E) {
        crate::lost::report(&LostError {
            cause: LostCause::Failed {
                debug: error,
                error: (self.as_error.0)(error).map(|error| error as _),
            },
            manager: core::any::type_name::<TaskGroup<E>>(),
            place: self.place,
            outcome: self.outcome,
        });
    }
}

impl<E> fmt::Debug for Tasks<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tasks")
            .field("running", &self.set.len())
            .field("failed", &self.errors.len())
            .finish_non_exhaustive()
    }
}

impl<E: Send + 'static> Tasks<E> {
    /// Spawns a task. What it returns can be awaited, in the body or after the block. Tasks that have ended
    /// are joined, so that a block that goes on spawning keeps those that run.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    ///
    /// See [`TaskGroup`] for an example.
    pub fn spawn<T, F>(&mut self, task: F) -> Output<T>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, E>> + Send + 'static,
    {
        self.join_ended();
        let (sender, output) = oneshot::channel();
        let unjoined = self.unjoined.clone();
        let abort = self.set.spawn(async move {
            match task.await {
                Ok(output) => {
                    // The receiver may have been dropped.
                    let _ = sender.send(output);
                    false
                }
                Err(error) => {
                    let mut unjoined = lock(&unjoined);
                    let late = unjoined.late;
                    if let Some(late) = late {
                        drop(unjoined);
                        (late.report)(&late, &error);
                    } else {
                        unjoined.errors.push_back(error);
                    }
                    late.is_none()
                }
            }
        });
        Output { output, abort }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<E> Tasks<E> {
    /// How many tasks have not been joined.
    ///
    /// ```
    /// # use cm_runtime::contextlib::Tasks;
    /// fn is_busy(tasks: &Tasks<std::io::Error>) -> bool {
    ///     tasks.len() > 10
    /// }
    /// # let _ = is_busy;
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.set.len()
    }

    /// Whether all have been joined.
    ///
    /// ```
    /// # use cm_runtime::contextlib::Tasks;
    /// fn is_idle(tasks: &Tasks<std::io::Error>) -> bool {
    ///     tasks.is_empty()
    /// }
    /// # let _ = is_idle;
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// Waits until a task has failed, or all have ended: `true` if one has failed. Its error stays
    /// with the group. Of a group without tasks it is `false` at once: a branch of a `select!` in a loop asks
    /// first, `, if !tasks.is_empty()`.
    ///
    /// ```
    /// # use cm_runtime::contextlib::Tasks;
    /// async fn supervise(tasks: &mut Tasks<std::io::Error>) {
    ///     tokio::select! {
    ///         failed = tasks.next_failed() => println!("one has failed: {failed}"),
    ///         _ = tokio::time::sleep(std::time::Duration::from_secs(1)) => {}
    ///     }
    /// }
    /// # let _ = supervise;
    /// ```
    pub async fn next_failed(&mut self) -> bool {
        self.join_ended();
        if self.untold > 0 {
            self.untold -= 1;
            return true;
        }
        while let Some(joined) = self.set.join_next().await {
            if self.keep(joined) {
                return true;
            }
        }
        false
    }

    /// Joins those that have ended: what is not joined keeps its memory.
    fn join_ended(&mut self) {
        while let Some(joined) = self.set.try_join_next() {
            self.untold += usize::from(self.keep(joined));
        }
    }

    /// Keeps the error of a task that has ended, if there is one. Returns whether there is.
    fn keep(&mut self, joined: Result<bool, JoinError>) -> bool {
        let error = match joined {
            Ok(false) => None,
            Ok(true) => lock(&self.unjoined)
                .errors
                .pop_front()
                .map(TaskError::Failed),
            // If it has not panicked, it was aborted.
            Err(error) => error
                .try_into_panic()
                .ok()
                .map(|payload| TaskError::Panicked(message_left(payload))),
        };
        let is_failed = error.is_some();
        self.errors.extend(error);
        is_failed
    }
}

impl<E: fmt::Debug + Send> AsyncContextManager for TaskGroup<E> {
    type Lends = Mut<Tasks<E>>;
    type Exit = Result<(), TaskErrors<E>>;

    async fn enter(&mut self) -> Result<&mut Tasks<E>, TaskErrors<E>> {
        lock(&self.tasks.unjoined).late = None;
        Ok(&mut self.tasks)
    }

    async fn exit(&mut self, outcome: Outcome<'_>) -> Result<(), TaskErrors<E>> {
        let tasks = &mut self.tasks;
        if !outcome.is_success() || !tasks.errors.is_empty() {
            tasks.set.abort_all();
        }
        while tasks.next_failed().await {
            tasks.set.abort_all();
        }
        self.answer()
    }

    #[track_caller]
    fn cancel(&mut self, outcome: Outcome<'_>) {
        async_manager::cancel(self, outcome);
    }

    fn cancelled(&mut self, outcome: Outcome<'_>) -> Option<Self::Exit> {
        self.tasks.join_ended();
        self.tasks.set.abort_all();
        lock(&self.tasks.unjoined).late = Some(Late {
            report: Late::report,
            as_error: self.as_error,
            place: self.place,
            outcome: match outcome {
                Outcome::Panicked(_) => Outcome::Panicked(Panic::uncaught()),
                Outcome::Failed(_) => Outcome::Failed(Failure::opaque()),
                _ => Outcome::Cancelled,
            },
        });
        Some(self.answer())
    }
}

/// The output of a task, to be awaited. To drop it does not abort the task.
///
/// ```
/// use cm_runtime::contextlib::Output;
/// async fn number(output: Output<u32>) -> u32 {
///     output.await.unwrap_or(0)
/// }
/// # let _ = number;
/// ```
#[derive(Debug)]
pub struct Output<T> {
    output: oneshot::Receiver<T>,
    abort: AbortHandle,
}

impl<T> Output<T> {
    /// Aborts the task: it ends at its next await. To the group that is no failure.
    ///
    /// ```
    /// use cm_runtime::contextlib::Output;
    /// fn give_up(output: &Output<u32>) {
    ///     output.abort();
    /// }
    /// # let _ = give_up;
    /// ```
    pub fn abort(&self) {
        self.abort.abort();
    }
}

impl<T> Future for Output<T> {
    type Output = Result<T, OutputLost>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.output)
            .poll(context)
            .map(|output| output.map_err(|_| OutputLost(())))
    }
}

/// The task has failed, which its group reports, or was aborted.
///
/// ```
/// fn show(lost: cm_runtime::contextlib::OutputLost) -> String {
///     lost.to_string()
/// }
/// # let _ = show;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the task has failed or was aborted")]
pub struct OutputLost(());
