//! `timer`: how long a block took.

use core::convert::Infallible;
use core::fmt;
use std::time::{Duration, Instant};

use crate::lends::Owned;
use crate::manager::ContextManager;
use crate::outcome::Outcome;

/// Tells a function how long the block took, and how it ended.
///
/// The block gets the instant at which it began.
///
/// ```
/// use std::time::Duration;
/// use cm_runtime::contextlib::timer;
/// use cm_runtime::with;
///
/// let mut took = None;
/// with! { timer(|elapsed, _| took = Some(elapsed)) as start => {
///     while start.elapsed() < Duration::from_millis(1) {}
/// } }
/// assert!(took.unwrap() >= Duration::from_millis(1));
/// ```
pub fn timer<F>(report: F) -> Timer<F>
where
    F: FnMut(Duration, Outcome<'_>),
{
    Timer::new(report, |report, elapsed, outcome| report(elapsed, outcome))
}

/// Logs how long the block took, at the level `info`, with the `log` crate.
///
/// The target is `cm_runtime::contextlib::timer`. A filter that accepts only the application's own targets hides
/// it. For another target or level use [`timer`].
///
/// ```
/// use cm_runtime::contextlib::log_time;
/// use cm_runtime::with;
/// with! { log_time("load") => {} } // load took 1.2ms
/// ```
#[cfg(feature = "log")]
pub fn log_time<N: fmt::Display>(name: N) -> Timer<N> {
    Timer::new(name, |name, elapsed, outcome| {
        let ended = ended(&outcome);
        log::info!("{name} took {elapsed:?}{ended}");
    })
}

/// Emits an event of how long the block took, at the level `INFO`, with the `tracing` crate.
///
/// The target is `cm_runtime::contextlib::timer`. A filter that accepts only the application's own targets hides
/// it. For another target or level use [`timer`].
///
/// ```
/// use cm_runtime::contextlib::trace_time;
/// use cm_runtime::with;
/// with! { trace_time("load") => {} } // load elapsed=1.2ms
/// ```
#[cfg(feature = "tracing")]
pub fn trace_time<N: fmt::Display>(name: N) -> Timer<N> {
    Timer::new(name, |name, elapsed, outcome| {
        let ended = ended(&outcome);
        tracing::info!(?elapsed, "{name}{ended}");
    })
}

#[cfg(any(feature = "log", feature = "tracing"))]
fn ended(outcome: &Outcome<'_>) -> &'static str {
    if outcome.is_success() {
        ""
    } else {
        ", and failed"
    }
}

/// The manager that [`timer`] makes, and, with a name in place of a function, `log_time` and `trace_time`.
///
/// ```
/// use cm_runtime::contextlib::{Timer, timer};
/// let manager: Timer<_> = timer(|elapsed, _| println!("{elapsed:?}"));
/// # let _ = manager;
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct Timer<F> {
    report: F,
    start: Option<Instant>,
    /// A function pointer, so that the impl below has no bound on `F`, and what does not fit is one error.
    call: fn(&mut F, Duration, Outcome<'_>),
}

impl<F> Timer<F> {
    fn new(report: F, call: fn(&mut F, Duration, Outcome<'_>)) -> Self {
        Self {
            report,
            start: None,
            call,
        }
    }
}

impl<F> Unpin for Timer<F> {}

impl<F> fmt::Debug for Timer<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timer")
            .field("start", &self.start)
            .finish_non_exhaustive()
    }
}

impl<F> ContextManager for Timer<F> {
    type Lends = Owned<Instant>;
    type Exit = ();

    fn enter(&mut self) -> Result<Instant, Infallible> {
        Ok(*self.start.insert(Instant::now()))
    }

    fn exit(&mut self, outcome: Outcome<'_>) {
        let elapsed = self.start.take().map(|start| start.elapsed());
        (self.call)(&mut self.report, elapsed.unwrap_or_default(), outcome);
    }
}
