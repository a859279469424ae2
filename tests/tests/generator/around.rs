//! Managers that a generator enters around its yield: what becomes of the block passes by them, as an
//! exception that comes out of Python's `yield` does.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use cm_runtime::contextlib::{suppress, transaction};
use cm_runtime::{ExitStack, Inspecting, Suppress, context_manager, lost, with, within};
use cm_tests::async_managers::{cuts, pause, run};
use cm_tests::managers::{Log, Refused, told};
use rusqlite::{Connection, OptionalExtension as _};

#[context_manager(yields = &mut String)]
fn composed(log: &Log) -> Result<(), Refused> {
    with! { log.plain("a") as text, log.fallible("b")? => {
        let outcome = yield_!(text);
        log.say(format!("back: {}", told(outcome)));
    } }
    log.say("behind");
    with! { log.plain("c") => {} }
    Ok(())
}

/// Behind what is entered.
fn left(log: &Log) -> Vec<String> {
    let mut lines = log.take();
    lines.retain(|line| !line.starts_with("enter") && !line.starts_with("drop"));
    lines
}

#[test]
fn the_body_fails() {
    let log = Log::new();
    let block = with! { composed(&log) => { Err::<(), _>(Refused("body")) } };
    assert_eq!(block, Ok(Err(Refused("body"))));
    let expected = [
        "back: Failed(body)",
        "exit b: Failed(body)",
        "exit a: Failed(body)",
        "behind",
        "exit c: End",
    ];
    assert_eq!(left(&log), expected);
}

#[test]
fn the_body_ends_well() {
    fn leaves(log: &Log, how: u8) -> Result<u8, Refused> {
        for n in 1.. {
            with! { composed(log)? as text => {
                text.push('!');
                match how {
                    0 => return Ok(n),
                    1 => break,
                    _ if n == 1 => continue,
                    _ => return Ok(n),
                }
            } }
        }
        Ok(0)
    }
    let log = Log::new();
    for (how, value, leave) in [(0, 1, "Return"), (1, 0, "Break"), (2, 2, "Continue")] {
        assert_eq!(leaves(&log, how), Ok(value));
        let lines = left(&log);
        let back = format!("back: {leave}");
        assert_eq!(
            lines[..5],
            [&back, "exit b: End", "exit a: End", "behind", "exit c: End"]
        );
    }
}

#[test]
fn the_body_panics() {
    let log = Log::new();
    let panics = || {
        let _ = with! { composed(&log) => { resume_unwind(Box::new(())) } };
    };
    assert!(catch_unwind(AssertUnwindSafe(panics)).is_err());
    let expected = [
        "back: Panicked",
        "exit b: Panicked",
        "exit a: Panicked",
        "behind",
        "exit c: End",
    ];
    assert_eq!(left(&log), expected);
}

/// The error of the code behind the yield is newer.
#[test]
fn the_code_behind_the_yield_fails() {
    #[context_manager]
    fn fails(log: &Log, how: u8) -> Result<(), Refused> {
        with! { log.plain("a") => {
            with! { log.plain("b") => {
                yield_!();
                match how {
                    0 => Err(Refused("own"))?,
                    1 => return Err(Refused("own")),
                    2 => return Ok(()),
                    _ => {}
                }
            } }
        } }
        Ok(())
    }
    let log = Log::new();
    for (how, told) in [(0, "own"), (1, "own"), (2, "body"), (3, "body")] {
        let (block, lost) = lost::capture(|| {
            with! { fails(&log, how) => { Err::<(), _>(Refused("body")) } }
        });
        assert_eq!(block, Ok(Err(Refused("body"))), "{how}");
        assert_eq!(lost.len(), usize::from(how < 2), "{how}");
        let expected = [
            format!("exit b: Failed({told})"),
            format!("exit a: Failed({told})"),
        ];
        assert_eq!(left(&log), expected, "{how}");
    }
}

/// What suppresses it around the yield: it does not pass by those further out. What the block is told the
/// generator says by its own verdict.
#[test]
fn suppressed_around_the_yield() {
    #[context_manager]
    fn suppresses(log: &Log) -> Suppress {
        let ended = with! { log.plain("out") => {
            with! { log.suppressing("in") => { yield_!(); } }
        } };
        Suppress::when(ended.is_none())
    }
    let log = Log::new();
    let block = with! { suppresses(&log) => try { Err::<u8, _>(Refused("body"))? } };
    assert!(block.is_none());
    assert_eq!(left(&log), ["exit in: Failed(body)", "exit out: End"]);
    let block = with! { suppresses(&log) => { 7 } };
    assert_eq!(block, Some(7));
    assert_eq!(left(&log), ["exit in: End", "exit out: End"]);
}

/// What unwinds, or was cancelled, goes on whatever a manager answers: those further out are told of it.
#[test]
fn what_cannot_be_suppressed_passes_by() {
    #[context_manager]
    fn suppresses(log: &Log) {
        let ended = with! { log.plain("out"), log.suppressing("in") => { yield_!(); } };
        log.say(format!("{ended:?}"));
    }
    #[context_manager]
    async fn suppresses_async(log: Log) -> Result<(), Refused> {
        let ended = with! { async log.async_plain("out"), log.suppressing("in") => {
            let outcome = yield_!();
            if !outcome.is_success() {
                Err(Refused("own"))?;
            }
        } };
        log.say(format!("{ended:?}"));
        Ok(())
    }
    let log = Log::new();
    let panics = || with! { suppresses(&log) => { resume_unwind(Box::new(())) } };
    assert!(catch_unwind(AssertUnwindSafe(panics)).is_err());
    let expected = ["exit in: Panicked", "exit out: Panicked", "Some(())"];
    assert_eq!(left(&log), expected);

    let block = with! { suppresses(&log) => catch { Err::<(), _>(Refused("body")) } };
    assert_eq!(block, Err(Refused("body")));
    assert_eq!(
        left(&log),
        ["exit in: Failed(body)", "exit out: End", "None"]
    );

    let cuts = cuts(|log| async move {
        with! { async suppresses_async(log) => { pause().await } }
    });
    let expected = [
        "exit in: Failed(own)",
        "exiting out: Cancelled",
        "cancel out: Cancelled",
    ];
    assert!(
        cuts.iter()
            .any(|lines| lines.ends_with(&expected.map(String::from))),
        "{cuts:?}"
    );
}

/// A manager that can suppress sees the types that the generator sees: none, if that only looks.
#[test]
fn as_the_generator_sees_it() {
    #[context_manager]
    fn shown(log: &Log) {
        let ended = with! { suppress::<Refused>() => { yield_!(); } };
        log.say(format!("{ended:?}"));
    }
    #[context_manager]
    fn typed(log: &Log) -> Inspecting<()> {
        let ended = with! { suppress::<Refused>() => { yield_!(); } };
        log.say(format!("{ended:?}"));
        Inspecting(())
    }
    let log = Log::new();
    let block = with! { typed(&log) => { Err::<(), _>(Refused("body")) } };
    assert_eq!(block, Err(Refused("body")));
    let block = with! { shown(&log) => { Err::<(), _>(Refused("body")) } };
    assert_eq!(block, Err(Refused("body")));
    assert_eq!(log.take(), ["None", "Some(())"]);
}

/// A block that begins behind the yield is not around it, wherever that stands.
#[test]
fn a_yield_in_a_header() {
    #[context_manager(yields = u8)]
    fn in_header(log: &Log) -> Result<(), Refused> {
        with! { log.plain("a"), log.fallible(if yield_!(7).is_success() { "good" } else { "bad" })? => {
            log.say("body");
        } }
        Ok(())
    }
    let log = Log::new();
    let block = with! { in_header(&log) as n => { Err::<(), _>(n) } };
    assert_eq!(block, Ok(Err(7)));
    assert_eq!(left(&log), ["body", "exit bad: End", "exit a: Failed"]);
}

/// In each kind of body, and in a stack.
#[test]
fn in_other_bodies() {
    #[context_manager]
    fn tried(log: &Log) {
        let ended = with! { log.plain("a") => try {
            "7".parse::<u8>()?;
            yield_!();
        } };
        ended.unwrap();
    }
    #[context_manager]
    fn caught(log: &Log) {
        with! { log.plain("a") => catch { yield_!(); } }
    }
    #[context_manager]
    fn stacked(log: &Log) {
        with! { ExitStack::<()>::with_verdict() as stack => {
            stack.enter(log.plain("a"));
            yield_!();
        } }
    }
    #[context_manager]
    fn spelled(log: &Log) {
        with!(_a = log.plain("a"), {
            yield_!();
        });
    }
    #[within(log.plain("a"))]
    #[context_manager]
    fn decorated(log: &Log) {
        yield_!();
    }
    #[context_manager]
    #[within(log.plain("a"))]
    fn decorated_within(log: &Log) {
        yield_!();
    }
    macro_rules! each {
        ($($manager:ident)*) => {$(
            let log = Log::new();
            let block = with! { $manager(&log) => { Err::<(), _>(Refused("body")) } };
            assert_eq!(block, Err(Refused("body")));
            assert_eq!(left(&log), ["exit a: Failed(body)"], stringify!($manager));
        )*};
    }
    each!(tried caught stacked spelled decorated decorated_within);
}

/// An exit that fails after the body has reports that itself, to its own listener.
#[test]
fn an_exit_fails_as_well() {
    #[context_manager]
    fn fails(log: &Log) -> Result<(), Refused> {
        with! { log.fallible("a").refusing_exit("sour")? => { yield_!(); } }
        log.say("goes on");
        Ok(())
    }
    let log = Log::new();
    let (block, lost) = lost::capture(|| {
        with! { fails(&log) => { Err::<(), _>(Refused("body")) } }
    });
    assert_eq!(block, Ok(Err(Refused("body"))));
    assert_eq!(lost.len(), 1);
    assert_eq!(lost[0].error, "sour");
    assert!(lost[0].manager.contains("Fallible"), "{lost:?}");
    assert_eq!(left(&log), ["exit a: Failed(body)", "goes on"]);
}

/// What it is for: a transaction in a manager of one's own.
#[test]
#[cfg_attr(miri, ignore = "SQLite is C")]
fn a_transaction_around_the_yield() {
    #[context_manager(yields = &Connection)]
    fn unit_of_work(db: &mut Connection) -> rusqlite::Result<()> {
        let begun = db.transaction()?;
        with! { transaction(begun, rusqlite::Transaction::commit, rusqlite::Transaction::rollback)? as tx => {
            tx.execute("INSERT INTO log VALUES ('begun')", [])?;
            yield_!(tx);
        } }
        Ok(())
    }
    fn insert(db: &mut Connection, name: &str) -> rusqlite::Result<()> {
        with! { unit_of_work(db)? as db => {
            db.execute("INSERT INTO log VALUES (?1)", [name])?;
            if name == "bad" {
                db.execute("INSERT INTO nowhere VALUES (1)", [])?;
            }
        } }
        Ok(())
    }
    let mut db = Connection::open_in_memory().unwrap();
    db.execute("CREATE TABLE log (line TEXT)", []).unwrap();
    assert!(insert(&mut db, "bad").is_err());
    let line = "SELECT group_concat(line) FROM log";
    let lines = |db: &Connection| -> Option<String> {
        db.query_row(line, [], |row| row.get(0))
            .optional()
            .unwrap()
            .flatten()
    };
    assert_eq!(lines(&db), None, "all of it is rolled back");
    insert(&mut db, "good").unwrap();
    assert_eq!(lines(&db).unwrap(), "begun,good");
}

#[context_manager(yields = &mut String)]
async fn composed_async(log: Log) -> Result<(), Refused> {
    with! { log.plain("a") as text, async log.async_fallible("b")? => {
        pause().await;
        let outcome = yield_!(text);
        log.say(format!("back: {}", told(outcome)));
    } }
    log.say("behind");
    Ok(())
}

#[test]
fn awaited() {
    let log = Log::new();
    let block = run(async {
        with! { async composed_async(log.clone()) => {
            pause().await;
            Err::<(), _>(Refused("body"))
        } }
    });
    assert_eq!(block, Ok(Err(Refused("body"))));
    let expected = [
        "back: Failed(body)",
        "exiting b: Failed(body)",
        "exited b",
        "exit a: Failed(body)",
        "behind",
    ];
    assert_eq!(left(&log), expected);
}

/// The future is dropped: the managers around the yield are not told of a success.
#[test]
fn cut_at_each_await() {
    let cuts = cuts(|log| async move {
        with! { async composed_async(log) as text => {
            text.push('!');
            pause().await;
        } }
    });
    for (polls, lines) in cuts.iter().enumerate() {
        let last = polls + 1 == cuts.len();
        let entered = lines.iter().any(|line| line == "entered b");
        let back = lines.iter().find(|line| line.starts_with("back"));
        let exit = lines.iter().find(|line| line.starts_with("exit a"));
        if last {
            assert_eq!(exit.unwrap(), "exit a: End", "{lines:?}");
        } else if back.is_some_and(|back| back == "back: Cancelled") {
            assert!(entered, "{lines:?}");
            assert!(lines.contains(&"exiting b: Cancelled".into()), "{lines:?}");
            assert!(lines.contains(&"cancel b: Cancelled".into()), "{lines:?}");
            assert_eq!(exit.unwrap(), "exit a: Cancelled", "{lines:?}");
        }
    }
    let backs = cuts
        .iter()
        .flatten()
        .filter(|line| *line == "back: Cancelled");
    assert_eq!(backs.count(), 1, "it is cut once at the yield: {cuts:?}");
}

/// A future with such a manager can be spawned.
#[test]
fn is_send() {
    fn checked<F: Future + Send>(future: F) -> F::Output {
        run(future)
    }
    let log = Log::new();
    let block = checked(async {
        with! { async composed_async(log.clone()) => { pause().await } }
    });
    assert_eq!(block, Ok(()));
}
