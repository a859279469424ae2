//! `in_span`.

use std::num::NonZeroU64;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use cm_runtime::contextlib::in_span;
use cm_runtime::{Manager as _, with};
use cm_tests::async_managers::{cut_after, pause};
use cm_tests::managers::Log;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber, info_span};

/// Writes down which spans are entered, left, and current when an event happens.
struct Spans {
    log: Log,
    names: Mutex<Vec<&'static str>>,
    entered: Mutex<Vec<&'static str>>,
    last: AtomicU64,
}

impl Spans {
    fn new(log: &Log) -> Self {
        Self {
            log: log.clone(),
            names: Mutex::default(),
            entered: Mutex::default(),
            last: AtomicU64::new(0),
        }
    }

    fn name(&self, id: &Id) -> &'static str {
        let at = usize::try_from(id.into_u64() - 1).unwrap();
        self.names.lock().unwrap()[at]
    }
}

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.names.lock().unwrap().push(span.metadata().name());
        let id = self.last.fetch_add(1, Ordering::SeqCst) + 1;
        Id::from_non_zero_u64(NonZeroU64::new(id).unwrap())
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {
        let entered = self.entered.lock().unwrap().join("/");
        self.log.say(format!("event in {entered}"));
    }

    fn enter(&self, id: &Id) {
        self.entered.lock().unwrap().push(self.name(id));
        self.log.say(format!("+{}", self.name(id)));
    }

    fn exit(&self, id: &Id) {
        let last = self.entered.lock().unwrap().pop();
        assert_eq!(
            last,
            Some(self.name(id)),
            "spans are left in the reverse of their order"
        );
        self.log.say(format!("-{}", self.name(id)));
    }
}

fn seen(run: impl FnOnce()) -> Vec<String> {
    let log = Log::new();
    tracing::subscriber::with_default(Spans::new(&log), run);
    log.take()
}

async fn nested() {
    with! { in_span(info_span!("a")) => {
        pause().await;
        with! { in_span(info_span!("b")) => {
            tracing::info!("one");
            pause().await;
            tracing::info!("two");
        } }
        pause().await;
    } }
}

#[test]
fn left_while_the_function_is_suspended() {
    let lines = seen(|| {
        let mut future = Box::pin(nested());
        for _ in 0..3 {
            assert!(cm_tests::async_managers::poll(future.as_mut()).is_pending());
            tracing::info!("elsewhere");
        }
        assert!(cm_tests::async_managers::poll(future.as_mut()).is_ready());
    });
    let expected = [
        "+a",
        "-a",
        "event in ", // suspended
        "+a",
        "+b",
        "event in a/b",
        "-b",
        "-a",
        "event in ", // suspended
        "+a",
        "+b",
        "event in a/b",
        "-b",
        "-a",
        "event in ", // suspended
        "+a",
        "-a",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn left_once_when_the_future_is_dropped() {
    for polls in 0..=4 {
        let lines = seen(|| assert_eq!(cut_after(polls, nested()).is_some(), polls == 4));
        let entered = lines.iter().filter(|line| line.starts_with('+')).count();
        let left = lines.iter().filter(|line| line.starts_with('-')).count();
        assert_eq!(entered, left, "{lines:?}");
    }
}

#[test]
fn in_a_body_that_does_not_await_and_when_it_panics() {
    let lines = seen(|| {
        let caught = catch_unwind(AssertUnwindSafe(|| {
            with! { in_span(info_span!("a")), Some(in_span(info_span!("b"))) => {
                tracing::info!("one");
                panic!("no")
            } }
        }));
        assert!(caught.is_err());
    });
    assert_eq!(lines, ["+a", "+b", "event in a/b", "-b", "-a"]);
}

#[test]
fn left_while_the_function_is_suspended_with_a_listener() {
    let lines = seen(|| {
        let future = async {
            let in_span = in_span(info_span!("a")).on_lost(|lost| panic!("{lost}"));
            with! { in_span => { pause().await; } }
        };
        assert!(cut_after(9, future).is_some());
    });
    assert_eq!(lines, ["+a", "-a", "+a", "-a"]);
}

#[test]
fn not_entered_in_a_macro_that_awaits() {
    let lines = seen(|| {
        let future = async {
            with! { &mut in_span(info_span!("a")) => {
                tokio::join!(pause(), async { tracing::info!("joined") });
                tracing::info!("behind");
            } }
        };
        assert!(cut_after(9, future).is_some());
    });
    assert_eq!(lines, ["+a", "-a", "event in ", "+a", "event in a", "-a"]);
}
