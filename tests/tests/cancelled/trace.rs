//! What happens in a run, and the futures that it stops, panics or is cut at.

use std::future::Future;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use cm_runtime::{Outcome, View};
use tokio::sync::Notify;

/// One enter: a manager that is entered twice has two.
pub(crate) type Id = usize;

/// What an exit or cancel was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Succeeded,
    Failed,
    Panicked,
    Cancelled,
}

impl Told {
    pub(crate) fn of<V: View>(outcome: Outcome<'_, V>) -> Self {
        match outcome {
            Outcome::Succeeded(_) => Self::Succeeded,
            Outcome::Failed(_) => Self::Failed,
            Outcome::Panicked(_) => Self::Panicked,
            Outcome::Cancelled => Self::Cancelled,
            other => unreachable!("there is no {other:?} yet"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Sync,
    Async,
    /// The code of a generator, sync or async.
    Frame,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// A branch that runs beside others begins.
    Forked {
        parent: usize,
        strand: usize,
    },
    Entering {
        id: Id,
        strand: usize,
        kind: Kind,
        /// It is entered by the code of a generator, which runs on after a cancel.
        inside: bool,
    },
    Entered(Id),
    Refused(Id),
    Exiting(Id, Told),
    Exited(Id),
    Cancel(Id, Told),
    /// The frame of a generator is gone before its end.
    Dropped(Id),
    Did(&'static str),
    /// A pause panics, that of a manager or of a body.
    Panics {
        at: Option<Id>,
        strand: usize,
    },
    /// The program stops panics by itself.
    Catches,
    /// The future of the program is dropped.
    Cut,
    Finished,
}

/// What a run meets at one of its pauses.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fuse {
    None,
    /// At this poll of a pause; each pause has two.
    Panics(usize),
    /// At this pause, for ever.
    Stops(usize),
}

/// What a program writes to. Clones write to the same list.
#[derive(Clone)]
pub(crate) struct Trace {
    shared: Arc<Shared>,
    strand: usize,
    inside: bool,
}

struct Shared {
    events: Mutex<Vec<Event>>,
    fuse: Fuse,
    stopped: Notify,
    entered: AtomicUsize,
    strands: AtomicUsize,
    pauses: AtomicUsize,
}

impl Trace {
    pub(crate) fn new(fuse: Fuse) -> Self {
        let shared = Arc::new(Shared {
            events: Mutex::default(),
            fuse,
            stopped: Notify::new(),
            entered: AtomicUsize::new(1),
            strands: AtomicUsize::new(1),
            pauses: AtomicUsize::new(0),
        });
        Self {
            shared,
            strand: 0,
            inside: false,
        }
    }

    pub(crate) fn note(&self, event: Event) {
        let events = &self.shared.events;
        let mut events = events.lock().unwrap_or_else(PoisonError::into_inner);
        events.push(event);
    }

    pub(crate) fn did(&self, what: &'static str) {
        self.note(Event::Did(what));
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        let events = &self.shared.events;
        let events = events.lock().unwrap_or_else(PoisonError::into_inner);
        events.clone()
    }

    /// For a branch that runs beside others.
    pub(crate) fn fork(&self) -> Self {
        let strand = self.shared.strands.fetch_add(1, Ordering::Relaxed);
        self.note(Event::Forked {
            parent: self.strand,
            strand,
        });
        Self {
            strand,
            ..self.clone()
        }
    }

    /// For the code of a generator.
    pub(crate) fn inside(&self) -> Self {
        Self {
            inside: true,
            ..self.clone()
        }
    }

    pub(crate) fn entering(&self, kind: Kind) -> Id {
        let id = self.shared.entered.fetch_add(1, Ordering::Relaxed);
        self.note(Event::Entering {
            id,
            strand: self.strand,
            kind,
            inside: self.inside,
        });
        id
    }

    /// How many pauses were begun.
    pub(crate) fn pauses(&self) -> usize {
        self.shared.pauses.load(Ordering::Relaxed)
    }

    /// Until the run meets its [`Fuse::Stops`].
    pub(crate) async fn stopped(&self) {
        self.shared.stopped.notified().await;
    }

    /// Suspends once.
    pub(crate) fn pause(&self) -> Pause {
        self.pause_at(None)
    }

    pub(crate) fn pause_in(&self, manager: Id) -> Pause {
        self.pause_at(Some(manager))
    }

    fn pause_at(&self, at: Option<Id>) -> Pause {
        Pause {
            trace: self.clone(),
            at,
            number: None,
            was_pending: false,
        }
    }
}

#[must_use = "futures do nothing unless awaited"]
pub(crate) struct Pause {
    trace: Trace,
    at: Option<Id>,
    number: Option<usize>,
    was_pending: bool,
}

/// The payload of the panics here.
pub(crate) struct Injected;

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        let shared = &this.trace.shared;
        let number = *this
            .number
            .get_or_insert_with(|| shared.pauses.fetch_add(1, Ordering::Relaxed));
        match shared.fuse {
            Fuse::Panics(poll) if poll == 2 * number + usize::from(this.was_pending) => {
                this.trace.note(Event::Panics {
                    at: this.at,
                    strand: this.trace.strand,
                });
                resume_unwind(Box::new(Injected));
            }
            Fuse::Stops(pause) if pause == number => {
                shared.stopped.notify_one();
                return Poll::Pending;
            }
            _ => {}
        }
        if this.was_pending {
            return Poll::Ready(());
        }
        this.was_pending = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

pub(crate) type Boxed = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A program that writes down how it ended.
pub(crate) struct Run {
    program: Option<Boxed>,
    trace: Trace,
    /// Still, when it panicked.
    is_polled: bool,
}

impl Run {
    pub(crate) fn new(program: fn(Trace) -> Boxed, trace: &Trace) -> Self {
        Self {
            program: Some(program(trace.clone())),
            trace: trace.clone(),
            is_polled: false,
        }
    }
}

impl Future for Run {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.is_polled = true;
        let program = self.program.as_mut().expect("it has not ended");
        if program.as_mut().poll(context).is_pending() {
            self.is_polled = false;
            return Poll::Pending;
        }
        self.program = None;
        self.trace.note(Event::Finished);
        Poll::Ready(())
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if let (Some(program), false) = (self.program.take(), self.is_polled) {
            self.trace.note(Event::Cut);
            drop(program);
        }
    }
}
