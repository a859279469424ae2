//! The tasks of a group, and their errors until the group answers.

use core::fmt;
use core::future::Future;
use core::panic::Location;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::vec::Vec;

use tokio::sync::oneshot;
use tokio::task::{JoinError, JoinSet};

use super::errors::AsError;
use super::{Output, TaskError, TaskGroup};
use crate::__private::lose::message_left;
use crate::lost::{LostCause, LostError};
use crate::outcome::Outcome;

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
pub(super) struct Late<E> {
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
    pub(super) fn new(
        as_error: AsError<E>,
        place: &'static Location<'static>,
        outcome: Outcome<'static>,
    ) -> Self {
        Self {
            report: Self::report,
            as_error,
            place,
            outcome,
        }
    }

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

    pub(super) fn new() -> Self {
        Self {
            set: JoinSet::new(),
            unjoined: Arc::new(Mutex::new(Unjoined {
                errors: VecDeque::new(),
                late: None,
            })),
            errors: Vec::new(),
            untold: 0,
        }
    }

    /// From now on errors of tasks are reported by `late`, or kept for the group again.
    pub(super) fn report_late(&mut self, late: Option<Late<E>>) {
        lock(&self.unjoined).late = late;
    }

    pub(super) fn abort_all(&mut self) {
        self.set.abort_all();
    }

    /// Whether one of those that have been joined has failed.
    pub(super) fn have_failed(&self) -> bool {
        !self.errors.is_empty()
    }

    /// The errors that there are, also of tasks that have not been joined.
    pub(super) fn take_errors(&mut self) -> Vec<TaskError<E>> {
        let unjoined = core::mem::take(&mut lock(&self.unjoined).errors);
        let mut all = core::mem::take(&mut self.errors);
        self.untold = 0;
        all.extend(unjoined.into_iter().map(TaskError::Failed));
        all
    }

    /// Joins those that have ended: what is not joined keeps its memory.
    pub(super) fn join_ended(&mut self) {
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
