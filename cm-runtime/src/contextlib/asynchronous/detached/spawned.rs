//! The exits that were spawned.

use core::future::{Future, poll_fn};
use core::panic::Location;
use core::pin::Pin;
use core::task::Poll;
use core::time::Duration;
use std::string::String;

use tokio::runtime::Handle;
use tokio::time::error::Elapsed;

use super::DetachedError;
use crate::__private::lose;
use crate::contextlib::asynchronous::cleanups::{Cleanups, OneMore};
use crate::contextlib::asynchronous::kept::Kept;
use crate::lost::{LostCause, LostError};
use crate::outcome::Outcome;
use crate::raw::{Ended, Exit};
use crate::verdict::Verdict;

/// How long a cleanup may go on if nothing else is said.
const DEADLINE: Duration = Duration::from_secs(30);

/// Spawns an exit, and reports what becomes of it.
#[derive(Clone)]
pub(super) struct Spawner {
    pub(super) cleanups: Option<Cleanups>,
    pub(super) deadline: Duration,
    pub(super) name: &'static str,
    place: &'static Location<'static>,
}

impl Spawner {
    pub(super) fn new(name: &'static str, place: &'static Location<'static>) -> Self {
        Self {
            cleanups: None,
            deadline: DEADLINE,
            name,
            place,
        }
    }

    /// Spawns what is left of an exit; without a runtime it is dropped, which cancels the manager.
    pub(super) fn spawn<V: Verdict + 'static>(&self, exit: Exit<V>, told: Kept) {
        let Ok(runtime) = Handle::try_current() else {
            self.report(&DetachedError::NoRuntime, told.outcome());
            return;
        };
        let cleanups = self.cleanups.clone();
        let counted = cleanups.unwrap_or_else(Cleanups::of_the_process).one_more();
        let mut spawned = Spawned {
            spawner: self.clone(),
            told,
            is_running: true,
            _counted: counted,
        };
        runtime.spawn(async move {
            // Dropped in this order if it is never polled.
            let mut exit = exit;
            let ended = tokio::time::timeout(spawned.spawner.deadline, caught(&mut exit)).await;
            // It cancels the manager if it has not ended; and that, or a `Drop` in it, may panic.
            let dropped = lose::caught(|| drop(exit));
            spawned.ended(ended);
            if let Err(message) = dropped {
                spawned.panicked(message.as_deref());
            }
        });
    }

    pub(super) fn report(&self, error: &DetachedError, outcome: Outcome<'_>) {
        let cause = LostCause::Failed {
            debug: error,
            error: Some(error),
        };
        self.tell(cause, outcome);
    }

    fn tell(&self, cause: LostCause<'_>, outcome: Outcome<'_>) {
        crate::lost::report(&LostError {
            cause,
            manager: self.name,
            place: self.place,
            outcome,
        });
    }
}

/// An exit that was spawned.
struct Spawned {
    spawner: Spawner,
    told: Kept,
    /// It has not been told how it ended.
    is_running: bool,
    /// Until that is reported.
    _counted: OneMore,
}

impl Spawned {
    fn ended<V: Verdict>(&mut self, ended: Result<Result<Ended<V>, Option<String>>, Elapsed>) {
        self.is_running = false;
        let (spawner, told) = (&self.spawner, self.told.outcome());
        match ended {
            Ok(Ok(ended)) => {
                if let Err(error) = V::answer(ended.verdict) {
                    let (debug, error) = (&error, None);
                    spawner.tell(LostCause::Failed { debug, error }, told);
                }
            }
            Ok(Err(message)) => self.panicked(message.as_deref()),
            Err(_) => spawner.report(&DetachedError::TimedOut(spawner.deadline), told),
        }
    }

    fn panicked(&self, message: Option<&str>) {
        let cause = LostCause::Panicked { message };
        self.spawner.tell(cause, self.told.outcome());
    }
}

impl Drop for Spawned {
    fn drop(&mut self) {
        if self.is_running {
            let told = self.told.outcome();
            self.spawner.report(&DetachedError::RuntimeEnded, told);
        }
    }
}

/// Awaits up to a panic, of which it gives the message.
async fn caught<V>(exit: &mut Exit<V>) -> Result<Ended<V>, Option<String>> {
    poll_fn(
        |context| match lose::caught(|| Pin::new(&mut *exit).poll(context)) {
            Ok(poll) => poll.map(Ok),
            Err(message) => Poll::Ready(Err(message)),
        },
    )
    .await
}
