//! Closing, guards, values that are put back, timers.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

use cm_runtime::contextlib::{closing, guard, log_time, replace, replace_cell, timer, trace_time};
use cm_runtime::{Manager as _, Outcome, with};
use cm_tests::managers::{Log, Refused, told};

/// Open inside, closed once after it, on failure and panic too; its error surfaces.
#[test]
fn closes() {
    let log = Log::new();
    let close = |noisy: cm_tests::managers::Noisy| log.say(format!("close {}", noisy.len()));
    with! { closing(log.noisy("a"), close) as noisy => {
        assert_eq!(noisy.len(), 1);
        log.say("open");
    } }
    assert_eq!(log.take(), ["open", "close 1", "drop a"]);
    let failed = with! { closing(log.noisy("a"), close) => { Err::<(), _>(Refused("no")) } };
    assert!(failed.is_err());
    let panics = || with! { closing(log.noisy("a"), close) => { resume_unwind(Box::new(())); } };
    assert!(catch_unwind(AssertUnwindSafe(panics)).is_err());
    assert_eq!(log.take(), ["close 1", "drop a", "close 1", "drop a"]);
    let full = with! { closing((), |()| Err::<(), _>(Refused("full"))) => { 7 } };
    assert_eq!(full, Err(Refused("full")));
}

/// It has not run while the block does; it is told how the block ended.
#[test]
fn guards_are_told() {
    fn run(log: &Log, how: u8) -> Result<(), Refused> {
        #[allow(clippy::never_loop, reason = "one turn is enough to leave it")]
        for _ in 0..1 {
            with! { guard((), |(), outcome| log.say(told(outcome))) => {
                assert!(log.take().is_empty());
                match how {
                    0 => return Ok(()),
                    1 => Err(Refused("one"))?,
                    2 => break,
                    3 => continue,
                    4 => resume_unwind(Box::new(())),
                    _ => {}
                }
            } }
        }
        Ok(())
    }
    let told = (0..6).map(|how| {
        let log = Log::new();
        let _ = catch_unwind(AssertUnwindSafe(|| run(&log, how)));
        log.take().concat()
    });
    let told: Vec<_> = told.collect();
    assert_eq!(
        told,
        [
            "Return",
            "Failed(one)",
            "Break",
            "Continue",
            "Panicked",
            "End"
        ]
    );
}

/// The value goes to the function, and is dropped once; the block works on it.
/// Without a macro a body ends, or fails.
#[test]
fn guards_of_closures_are_told() {
    let log = Log::new();
    let guarded = || guard((), |(), outcome: Outcome<'_>| log.say(told(outcome)));
    guarded().with(|()| ());
    assert_eq!(guarded().try_with(|()| Ok::<_, Refused>(1)), Ok(1));
    assert!(
        guarded()
            .try_with(|()| Err::<(), _>(Refused("no")))
            .is_err()
    );
    assert_eq!(log.take(), ["End", "End", "Failed"]);
}

#[test]
fn guards_consume() {
    let log = Log::new();
    with! { guard(log.noisy("a"), |noisy, _| log.say(format!("consume {}", noisy.len()))) as a => {
        assert_eq!(a.len(), 1);
    } }
    assert_eq!(log.take(), ["consume 1", "drop a"]);
    drop(guard(log.noisy("b"), |_, _| log.say("never entered")));
    assert_eq!(log.take(), ["drop b"]);
    // An insertion sort keeps its elements when a comparison panics.
    let mut list = vec![3, 1, 2];
    let sort = AssertUnwindSafe(|| {
        let (hole, taken) = (Cell::new(2), list[2]);
        with! { guard(&mut list, |list: &mut Vec<i32>, _| list[hole.get()] = taken) as list => {
            list[2] = list[1];
            hole.set(1);
            list[hole.get()] = 0;
            resume_unwind(Box::new("a comparison panicked"));
        } }
    });
    assert!(catch_unwind(sort).is_err());
    assert_eq!(list, [3, 2, 1]);
}

/// Two in one scope, the newest first.
#[test]
fn two_guards() {
    let log = RefCell::new(vec![]);
    with! { guard(1, |n, _| log.borrow_mut().push(n)), guard(2, |n, _| log.borrow_mut().push(n)) => {
        with! { guard(3, |n, _| log.borrow_mut().push(n)) => {} }
    } }
    assert_eq!(log.into_inner(), [3, 2, 1]);
}

/// Its function may fail.
#[test]
fn guards_that_fail() {
    let run = |fail: bool| {
        with! {
            guard(7, |_, _: Outcome<'_>| if fail { Err(Refused("full")) } else { Ok(()) })
            as n => { *n + 1 }
        }
    };
    assert_eq!((run(false), run(true)), (Ok(8), Err(Refused("full"))));
}

/// A listener is told of the manager that it was put on.
#[test]
fn guards_with_a_listener() {
    let mut told = None;
    let guard = guard((), |(), _: Outcome<'_>| Err::<(), _>(Refused("full")));
    let block = with! {
        guard.on_lost(|lost| told = Some((lost.manager(), lost.outcome().is_success())))
        => { Err::<(), _>(Refused("body")) }
    };
    assert_eq!(block, Ok(Err(Refused("body"))));
    let (manager, success) = told.unwrap();
    assert!(
        manager.starts_with("cm_runtime::contextlib::guard::Guard<"),
        "{manager}"
    );
    assert!(!success);
}

#[test]
#[should_panic = "cannot be entered a second time"]
fn entered_a_second_time() {
    let mut once = closing((), drop);
    with! { &mut once => {} }
    with! { &mut once => {} }
}

/// Put back on every way out, nested and reused.
#[test]
fn replaced_values() {
    let (mut place, cell) = (String::from("old"), Cell::new(1));
    let failed: Result<(), Refused> = (|| {
        with! { replace(&mut place, "new".into()) as place, replace_cell(&cell, 2) => {
            place.push('!');
            assert_eq!((place.as_str(), cell.get()), ("new!", 2));
            with! { replace_cell(&cell, 3) => { assert_eq!(cell.get(), 3); } }
            assert_eq!(cell.get(), 2);
            Err(Refused("no"))?;
        } }
        Ok(())
    })();
    assert!(failed.is_err());
    assert_eq!((place.as_str(), cell.get()), ("old", 1));
    let mut manager = replace_cell(&cell, 5);
    for _ in 0..2 {
        with! { &mut manager => { assert_eq!(cell.get(), 5); } }
        assert_eq!(cell.get(), 1);
    }
}

#[test]
fn timers() {
    let mut times = vec![];
    let failed = with! { timer(|elapsed, outcome| times.push((elapsed, outcome.is_success()))) => {
        std::thread::sleep(Duration::from_millis(2));
        Err::<(), _>(Refused("no"))
    } };
    assert!(failed.is_err());
    assert!(times[0].0 >= Duration::from_millis(2) && !times[0].1);
}

/// An event of `tracing`, with the time as a field.
#[test]
fn traced_times() {
    #[derive(Clone, Default)]
    struct Events(Log);
    impl tracing::field::Visit for Events {
        fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
            let value = match field.name() {
                "message" => format!("{value:?}"),
                _ => String::new(),
            };
            self.0.say(format!("{}: {value}", field.name()));
        }
    }
    impl tracing::Subscriber for Events {
        fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
            *metadata.level() == tracing::Level::INFO
        }
        fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
            tracing::span::Id::from_u64(1)
        }
        fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
        fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
        fn event(&self, event: &tracing::Event<'_>) {
            assert_eq!(event.metadata().target(), "cm_runtime::contextlib::timer");
            event.record(&mut self.clone());
        }
        fn enter(&self, _: &tracing::span::Id) {}
        fn exit(&self, _: &tracing::span::Id) {}
    }
    let events = Events::default();
    tracing::subscriber::with_default(events.clone(), || {
        with! { trace_time("load") => {} }
        let failed = with! { trace_time("save") => { Err::<(), _>(Refused("no")) } };
        assert!(failed.is_err());
    });
    let told = [
        "message: load",
        "elapsed: ",
        "message: save, and failed",
        "elapsed: ",
    ];
    assert_eq!(events.0.take(), told);
}

/// To the facades of `log` and `tracing`.
#[test]
fn logged_times() {
    struct Lines;
    static LINES: std::sync::Mutex<Vec<String>> = std::sync::Mutex::new(Vec::new());
    impl log::Log for Lines {
        fn enabled(&self, _: &log::Metadata<'_>) -> bool {
            true
        }
        fn log(&self, record: &log::Record<'_>) {
            let line = format!("{}: {}", record.target(), record.args());
            LINES.lock().unwrap().push(line);
        }
        fn flush(&self) {}
    }
    log::set_logger(&Lines).unwrap();
    log::set_max_level(log::LevelFilter::Info);
    with! { log_time("load"), trace_time("traced without a subscriber") => {} }
    let failed = with! { log_time("save") => { Err::<(), _>(Refused("no")) } };
    assert!(failed.is_err());
    let lines = LINES.lock().unwrap();
    let [load, save] = [0, 1].map(|at| lines[at].strip_prefix("cm_runtime::contextlib::timer: "));
    assert!(load.is_some_and(|line| line.starts_with("load took ") && !line.contains("failed")));
    assert!(
        save.is_some_and(|line| line.starts_with("save took ") && line.ends_with(", and failed"))
    );
}
