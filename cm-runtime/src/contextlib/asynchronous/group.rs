//! `TaskGroup`: tasks that do not outlive their block.

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::string::String;
use std::vec::Vec;

use tokio::sync::oneshot;
use tokio::task::{AbortHandle, JoinError, JoinSet};

use crate::async_manager::AsyncContextManager;
use crate::lends::Mut;
use crate::outcome::Outcome;

/// Tasks that end with the block: Python's `asyncio.TaskGroup`.
///
/// The body spawns tasks on what is lent. Exit joins all of them: after a success it waits for their
/// ends, after a failure it aborts them first, and when one of them fails it aborts the others. The
/// first error is that of the block, and the others are kept with it. When exit cannot be awaited
/// they are aborted, and end at their next await.
///
/// Unlike Python's, it does not interrupt the body when a task fails, which only the body's own awaits
/// could do. [`Tasks::next_failed`] can be awaited beside other things.
///
/// The tasks' error type `E` is `Debug + Send + 'static`; `TaskGroup::<E>::new()?` says which, where the
/// tasks do not. A `?` converts the block's error, [`TaskErrors<E>`], into a boxed one where `E` is an
/// [`Error`](core::error::Error), as a box of errors is not.
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
#[must_use = "a manager does nothing until it is entered: `with! { async manager => { .. } }`"]
pub struct TaskGroup<E> {
    tasks: Tasks<E>,
}

impl<E> TaskGroup<E> {
    /// No tasks yet.
    ///
    /// See the type for an example.
    pub fn new() -> Self {
        Self {
            tasks: Tasks {
                set: JoinSet::new(),
                errors: Vec::new(),
            },
        }
    }
}

impl<E> Default for TaskGroup<E> {
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
    set: JoinSet<Result<(), E>>,
    errors: Vec<TaskError<E>>,
}

impl<E> fmt::Debug for Tasks<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tasks")
            .field("running", &self.set.len())
            .field("failed", &self.errors.len())
            .finish()
    }
}

impl<E: Send + 'static> Tasks<E> {
    /// Spawns a task. What it returns can be awaited, in the body or behind the block.
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
        let (sender, output) = oneshot::channel();
        let abort = self.set.spawn(async move {
            let output = task.await?;
            // Nobody may want it.
            let _ = sender.send(output);
            Ok(())
        });
        Output { output, abort }
    }

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
    /// with the group.
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
        while let Some(joined) = self.set.join_next().await {
            if self.keep(joined) {
                return true;
            }
        }
        false
    }

    /// Keeps the error of a task that has ended; whether there is one.
    fn keep(&mut self, joined: Result<Result<(), E>, JoinError>) -> bool {
        let error = match joined {
            Ok(Ok(())) => return false,
            Ok(Err(error)) => TaskError::Failed(error),
            Err(error) => match error.try_into_panic() {
                Ok(payload) => {
                    TaskError::Panicked(crate::outcome::message_of(&*payload).map(String::from))
                }
                // It was aborted.
                Err(_) => return false,
            },
        };
        self.errors.push(error);
        true
    }
}

impl<E: fmt::Debug + Send + 'static> AsyncContextManager for TaskGroup<E> {
    type Lends = Mut<Tasks<E>>;
    type Exit = Result<(), TaskErrors<E>>;

    async fn enter(&mut self) -> Result<&mut Tasks<E>, TaskErrors<E>> {
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
        let mut errors = core::mem::take(&mut tasks.errors).into_iter();
        match errors.next() {
            None => Ok(()),
            Some(first) => Err(TaskErrors {
                first,
                others: errors.collect(),
            }),
        }
    }

    fn cancel(&mut self, _: Outcome<'_>) {
        self.tasks.set.abort_all();
    }
}

/// What a task returns, to be awaited. Dropped, it leaves the task alone.
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
    /// Aborts the task: it ends at its next await.
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

/// How a task has failed.
///
/// ```
/// use cm_runtime::contextlib::TaskError;
/// let error = TaskError::Failed("no answer");
/// assert_eq!(error.to_string(), "no answer");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TaskError<E> {
    /// It returned an error.
    #[error("{0}")]
    Failed(E),
    /// It panicked, with this message.
    #[error("a task panicked{}{}", if .0.is_some() { ": " } else { "" }, .0.as_deref().unwrap_or(""))]
    Panicked(Option<String>),
}

/// The errors of a group's tasks, in the order in which they came.
///
/// ```
/// use cm_runtime::contextlib::{TaskError, TaskErrors};
/// fn count<E>(errors: &TaskErrors<E>) -> usize {
///     1 + errors.others.len()
/// }
/// # let _ = count::<u8>;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TaskErrors<E> {
    /// The one for which the other tasks were aborted.
    pub first: TaskError<E>,
    /// Those that came after it.
    pub others: Vec<TaskError<E>>,
}

impl<E: fmt::Display> fmt::Display for TaskErrors<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        self.others
            .iter()
            .try_for_each(|error| write!(f, "; then {error}"))
    }
}

impl<E: core::error::Error + 'static> core::error::Error for TaskErrors<E> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.first {
            TaskError::Failed(error) => error.source(),
            TaskError::Panicked(_) => None,
        }
    }
}
