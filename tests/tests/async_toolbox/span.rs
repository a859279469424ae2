//! `in_span`.

use std::cell::Cell;
use std::num::NonZeroU64;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use cm_runtime::contextlib::{InSpan, in_span};
use cm_runtime::{
    AsyncExitStack, ContextManager, ErrorOf, ExitStack, Lent, Manager as _, OutcomeOf,
    context_manager, with,
};
use cm_tests::async_managers::{Pending, cut_after, pause, poll, run};
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

/// The handler of a `select!` is in the span, and so is what it jumps to.
#[test]
fn behind_a_select() {
    async fn run() {
        with! { in_span(info_span!("a")) => {
            let mut rounds = 0;
            loop {
                tokio::select! { () = pause() => {
                    rounds += 1;
                    if rounds == 2 { break }
                } }
            }
            tracing::info!("behind");
        } }
    }
    let lines = seen(|| {
        let mut future = Box::pin(run());
        assert!(poll(future.as_mut()).is_pending());
        assert!(poll(future.as_mut()).is_pending());
        assert!(poll(future.as_mut()).is_ready());
    });
    assert!(lines.contains(&"event in a".to_owned()), "{lines:?}");
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

/// Also if it is held by another manager.
#[test]
fn left_while_the_function_is_suspended_by_what_holds_it() {
    fn lines(hold: impl AsyncFn(InSpan)) -> Vec<String> {
        seen(|| assert!(cut_after(9, hold(in_span(info_span!("a")))).is_some()))
    }
    let expected = ["+a", "-a", "+a", "-a"];
    let listened = lines(async |in_span| {
        let in_span = in_span.on_lost(|lost| panic!("{lost}"));
        with! { in_span => { pause().await; } }
    });
    assert_eq!(listened, expected);
    let optional = lines(async |in_span| with! { Some(in_span) => { pause().await; } });
    assert_eq!(optional, expected);
    let boxed = lines(async |in_span| with! { Box::new(in_span) => { pause().await; } });
    assert_eq!(boxed, expected);
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

/// Under a manager around it the block does not know of the span, and leaves it at its end.
#[test]
fn not_left_while_suspended_under_a_manager_around_it() {
    struct Around<M>(M);
    impl<M: ContextManager> ContextManager for Around<M> {
        type Lends = M::Lends;
        type Exit = M::Exit;
        fn enter(&mut self) -> Result<Lent<'_, M::Lends>, ErrorOf<M>> {
            self.0.enter()
        }
        fn exit(&mut self, outcome: OutcomeOf<'_, M>) -> M::Exit {
            self.0.exit(outcome)
        }
    }
    let lines = seen(|| {
        let mut future = Box::pin(async {
            with! { Around(in_span(info_span!("a"))) => { pause().await; } }
        });
        assert!(poll(future.as_mut()).is_pending());
        tracing::info!("elsewhere");
        assert!(poll(future.as_mut()).is_ready());
    });
    assert_eq!(lines, ["+a", "event in a", "-a"]);
}

/// What a generator enters around its yield is left there: the block is in no span.
#[test]
fn left_at_the_yield_of_a_generator() {
    #[context_manager]
    fn spanned() {
        with! { in_span(info_span!("a")) => { yield_!(); } }
    }
    let lines = seen(|| {
        with! { spanned() => { tracing::info!("in the block"); } }
    });
    assert_eq!(lines, ["+a", "-a", "event in ", "+a", "-a"]);
}

/// Neither the block nor the other exits are in a span that is in an async stack.
#[test]
fn in_stacks() {
    let lines = seen(|| {
        run(async {
            let stack = AsyncExitStack::new();
            stack.callback_sync(|| tracing::info!("an older exit"));
            stack.enter_sync(in_span(info_span!("a"))).await;
            tracing::info!("in the block");
            stack.callback_sync(|| tracing::info!("a newer exit"));
            stack.close().await.unwrap();
        });
    });
    let expected = [
        "+a",
        "-a",
        "event in ",
        "event in ",
        "+a",
        "-a",
        "event in ",
    ];
    assert_eq!(lines, expected);

    let lines = seen(|| {
        let mut future = Box::pin(async {
            with! { ExitStack::<()>::with_verdict() as stack => {
                stack.callback(|| tracing::info!("an older exit"));
                stack.enter(in_span(info_span!("a")));
                pause().await;
            } }
        });
        assert!(poll(future.as_mut()).is_pending());
        tracing::info!("elsewhere");
        assert!(poll(future.as_mut()).is_ready());
    });
    assert_eq!(lines, ["+a", "event in a", "-a", "event in "]);
}

thread_local! {
    /// How many spans are left before one panics.
    static LEFT: Cell<u32> = const { Cell::new(0) };
}

/// A subscriber with a bug.
struct Panics;

impl Subscriber for Panics {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {
        let left = LEFT.get();
        LEFT.set(left.saturating_sub(1));
        assert!(left != 1, "a subscriber's bug");
    }
}

/// Lends its own heap in a span, and goes on behind a panic that it catches.
#[context_manager(yields = &str)]
async fn lends(log: &Log) {
    with! { in_span(info_span!("a")), in_span(info_span!("b")), async log.async_suppressing("s") => catch {
        let own = String::from("a string on the heap");
        let _local = log.noisy("local");
        LEFT.set(1);
        yield_!(&own[..]);
        log.say("not reached");
    } };
    pause().await;
    log.say("end");
}

/// A panic between what a generator lends and its suspension: the value must not go.
#[test]
fn a_panic_while_a_generator_lends() {
    tracing::subscriber::with_default(Panics, || {
        let log = Log::new();
        run(async {
            with! { async lends(&log) as text => {
                log.say(text);
                pause().await;
                log.say(text);
            } }
        });
        let lines = log.take();
        let expected = [
            "entering s",
            "entered s",
            "a string on the heap",
            "a string on the heap",
            "drop local",
            "exiting s: Panicked(a subscriber's bug)",
            "exited s",
            "end",
        ];
        assert_eq!(lines, expected);
    });
}

/// The same without an `async fn`, whose frame awaits where nobody sees it.
#[test]
fn a_panic_while_a_generator_that_does_not_await_lends() {
    macro_rules! pend {
        () => {
            Pending(9).await
        };
    }
    #[context_manager(yields = &str)]
    fn lends(log: &Log) {
        with! { in_span(info_span!("a")), log.suppressing("s") => catch {
            let own = String::from("a string on the heap");
            LEFT.set(1);
            yield_!(&own[..]);
        } };
        pend!();
    }
    tracing::subscriber::with_default(Panics, || {
        let log = Log::new();
        let block = || with! { lends(&log) as text => { log.say(text); } };
        assert!(catch_unwind(AssertUnwindSafe(block)).is_err());
        let lines = log.take();
        assert_eq!(
            lines,
            [
                "enter s",
                "a string on the heap",
                "exit s: Panicked(a subscriber's bug)",
            ]
        );
    });
}

/// A subscriber's panic is the body's, at the await that it goes on from; all spans are left.
#[test]
fn a_panic_while_a_body_is_suspended() {
    let future = |log: Log| async move {
        with! { log.plain("m"), in_span(info_span!("a")), in_span(info_span!("b")) => {
            LEFT.set(1);
            pause().await;
            log.say("not reached");
        } }
    };
    tracing::subscriber::with_default(Panics, || {
        let log = Log::new();
        let mut block = Box::pin(future(log.clone()));
        assert!(poll(block.as_mut()).is_pending());
        let polled = catch_unwind(AssertUnwindSafe(|| poll(block.as_mut())));
        let payload = polled.unwrap_err();
        assert_eq!(payload.downcast_ref(), Some(&"a subscriber's bug"));
        assert_eq!(log.take(), ["enter m", "exit m: Panicked"]);

        let mut block = Box::pin(future(log.clone()));
        assert!(poll(block.as_mut()).is_pending());
        drop(block);
        assert_eq!(log.take(), ["enter m", "exit m: Cancelled"]);
    });
}

/// In an enter or an exit it is the manager that is cancelled: it has not panicked itself.
#[test]
fn a_panic_while_a_manager_is_suspended() {
    let future = |log: Log, left: u32| async move {
        LEFT.set(left);
        with! { in_span(info_span!("a")), async log.async_plain("m") => { log.say("body"); } }
    };
    // The first suspension is that of enter, the second that of exit.
    for (left, expected) in [
        (1, &["entering m", "cancel m: Panicked"][..]),
        (
            2,
            &[
                "entering m",
                "entered m",
                "body",
                "exiting m: End",
                "cancel m: Panicked",
            ],
        ),
    ] {
        tracing::subscriber::with_default(Panics, || {
            let log = Log::new();
            let mut block = Box::pin(future(log.clone(), left));
            for _ in 0..left {
                assert!(poll(block.as_mut()).is_pending());
            }
            let polled = catch_unwind(AssertUnwindSafe(|| poll(block.as_mut())));
            assert!(polled.is_err());
            assert_eq!(log.take(), expected);
        });
    }
}
