//! An `Err` as the body's value under several managers: a failure to all of them, as an exception is in
//! Python, although those further in wrap it into the value of their blocks.

use std::cell::Cell;
use std::error::Error;
use std::fmt;

use cm_runtime::contextlib::{guard, suppress, suppress_any, transaction};
use cm_runtime::{Inspecting, Manager, Suppress, Verdict, context_manager, lost, with, within};
use cm_tests::async_managers::{pause, run};
use cm_tests::managers::{Log, Refused, told};
use rusqlite::{Connection, Result as Sql, Transaction};

const BODY: Result<(), Refused> = Err(Refused("body"));

/// What the exits were told, first the innermost.
fn exits(log: &Log) -> Vec<String> {
    let lines = log.take().into_iter();
    lines
        .filter(|line| line.starts_with("exit ") || line.starts_with("exiting "))
        .map(|line| line.split_once(' ').unwrap().1.to_owned())
        .collect()
}

#[test]
fn all_verdicts_are_told() {
    let log = Log::new();
    let block = with! {
        log.fallible("a"),
        log.suppressing("b").letting_through(),
        log.plain("c"),
        log.both("d", Ok(Suppress::No)),
        log.fallible("e") => { BODY }
    };
    assert_eq!(block, Ok(Some(Ok(Some(Ok(BODY))))));
    let expected = ["e", "d", "c", "b", "a"].map(|name| format!("{name}: Failed(body)"));
    assert_eq!(exits(&log), expected);
}

#[test]
fn a_value_that_is_no_err_is_a_success() {
    let log = Log::new();
    let block = with! {
        log.fallible("a"), log.suppressing("b"), log.fallible("c") => { Ok::<_, Refused>(7) }
    };
    assert_eq!(block, Ok(Some(Ok(Ok(7)))));
    assert_eq!(exits(&log), ["c: End", "b: End", "a: End"]);
}

/// The one that suppresses is told of the failure, those further out of a success.
#[test]
fn suppressed_half_way() {
    let log = Log::new();
    let block = with! {
        log.fallible("a"), log.suppressing("b"), log.fallible("c") => { BODY }
    };
    assert_eq!(block, Ok(None));
    assert_eq!(
        exits(&log),
        ["c: Failed(body)", "b: Failed(body)", "a: End"]
    );
}

/// It sees the error as it is, and takes it by its type.
#[test]
fn suppressed_by_type_further_out() {
    let log = Log::new();
    let block = with! {
        log.plain("a"), suppress::<Refused>(), suppress::<fmt::Error>(), log.fallible("b") => { BODY }
    };
    assert_eq!(block, None);
    assert_eq!(exits(&log), ["b: Failed(body)", "a: End"]);
}

/// What an exit or an enter inside fails with is told, too, and not only to the next one.
#[test]
fn a_manager_inside_fails() {
    let log = Log::new();
    let block = with! {
        log.suppressing("a").letting_through(),
        log.fallible("b"),
        log.fallible("c").refusing_exit("exit") => { 7 }
    };
    assert_eq!(block, Some(Ok(Err(Refused("exit")))));
    assert_eq!(
        exits(&log),
        ["c: End", "b: Failed(exit)", "a: Failed(exit)"]
    );

    let block = with! {
        log.suppressing("a").letting_through(),
        log.fallible("b"),
        log.fallible("c").refusing_enter("enter") => { 7 }
    };
    assert_eq!(block, Some(Ok(Err(Refused("enter")))));
    assert_eq!(exits(&log), ["b: Failed(enter)", "a: Failed(enter)"]);
}

/// The first failure wins: the exit further out has its error lost, and the value goes on.
#[test]
fn an_exit_further_out_fails() {
    let log = Log::new();
    let fails = || {
        with! {
            log.fallible("a").refusing_exit("exit"),
            log.suppressing("b").letting_through() => { BODY }
        }
    };
    let (block, lost) = lost::capture(fails);
    assert_eq!(block, Ok(Some(BODY)));
    assert_eq!(exits(&log), ["b: Failed(body)", "a: Failed(body)"]);
    assert_eq!((lost.len(), lost[0].error.as_str()), (1, "exit"));
}

#[test]
fn try_and_catch_bodies() {
    let log = Log::new();
    let block = with! { log.plain("a"), log.fallible("b") => try { BODY?; } };
    assert_eq!(block, Ok(BODY));
    assert_eq!(exits(&log), ["b: Failed(body)", "a: Failed(body)"]);

    let block = with! { log.plain("a"), log.suppressing("b").letting_through() => catch { BODY } };
    assert_eq!(block, Some(BODY));
    assert_eq!(exits(&log), ["b: Failed(body)", "a: Failed(body)"]);
}

/// Under a `?` in the header an error of the manager leaves, and its block is what is left.
#[test]
fn under_a_question_in_the_header() {
    fn block(log: &Log) -> Result<Option<Result<(), Refused>>, Refused> {
        Ok(with! {
            log.fallible("a")?,
            log.both("b", Ok(Suppress::No))?,
            log.fallible("c")? => { BODY }
        })
    }
    let log = Log::new();
    assert_eq!(block(&log), Ok(Some(BODY)));
    assert_eq!(
        exits(&log),
        ["c: Failed(body)", "b: Failed(body)", "a: Failed(body)"]
    );
}

/// A body that ends with a `with!` is the same as one header.
#[test]
fn a_block_at_the_end_of_a_body() {
    let log = Log::new();
    let block = with! { log.plain("a") => {
        with! { log.fallible("before") => { BODY } }.unwrap_or(Ok(())).ok();
        with! { log.plain("b"), log.fallible("c") => {
            {
                log.say("in braces");
                with!(log.suppressing("d").letting_through() => { BODY })
            }
        } }
    } };
    assert_eq!(block, Ok(Some(BODY)));
    let expected = [
        "before: Failed(body)",
        "d: Failed(body)",
        "c: Failed(body)",
        "b: Failed(body)",
        "a: Failed(body)",
    ];
    assert_eq!(exits(&log), expected);
}

/// Also where the body is one that catches panics.
#[test]
fn a_block_at_the_end_of_a_catching_body() {
    fn block(log: &Log, leaves: bool) -> Option<Result<(), Refused>> {
        with! { log.plain("a"), log.plain("b") => catch {
            if leaves {
                return Some(Ok(()));
            }
            with! { log.suppressing("c").letting_through() => catch {
                with! { log.suppressing("d").letting_through() => { BODY } }.unwrap()
            } }
        } }
    }
    let log = Log::new();
    assert_eq!(block(&log, false), Some(BODY));
    let expected = ["d", "c", "b", "a"].map(|name| format!("{name}: Failed(body)"));
    assert_eq!(exits(&log), expected);
    assert_eq!(block(&log, true), Some(Ok(())));
    assert_eq!(exits(&log), ["b: Return", "a: Return"]);

    let block = run(async {
        with! { async log.async_plain("a") => catch {
            pause().await;
            with! { log.suppressing("b").letting_through(), async log.async_fallible("c") => { BODY } }
        } }
    });
    assert_eq!(block, Some(Ok(BODY)));
    let expected = ["c", "b", "a"].map(|name| format!("{name}: Failed(body)"));
    assert_eq!(exits(&log), expected);
}

/// What the body has made of it is a value of its own.
#[test]
fn what_is_done_with_a_block_is_a_value() {
    let log = Log::new();
    let block = with! { log.plain("a") => {
        let inner = with! { log.suppressing("b").letting_through() => { BODY } };
        inner
    } };
    assert_eq!(block, Some(BODY));
    assert_eq!(exits(&log), ["b: Failed(body)", "a: End"]);

    let block = with! { log.plain("a") => { Some(BODY) } };
    assert_eq!(block, Some(BODY));
    assert_eq!(exits(&log), ["a: End"]);

    let in_a_branch = |is_taken: bool| {
        with! { log.plain("a") => {
            if is_taken {
                with! { log.suppressing("b").letting_through() => { BODY } }
            } else {
                None
            }
        } }
    };
    assert_eq!((in_a_branch(true), in_a_branch(false)), (Some(BODY), None));
    assert_eq!(exits(&log), ["b: Failed(body)", "a: End", "a: End"]);
}

/// The type is asked where the block is written. And what leaves by a `break` is not looked at.
#[test]
fn values_that_are_no_err_by_their_type_and_place() {
    fn around<T>(log: &Log, value: T) -> T {
        with! { log.plain("a") => { value } }
    }
    let log = Log::new();
    assert_eq!(around(&log, BODY), BODY);
    assert_eq!(exits(&log), ["a: End"]);

    let broken = loop {
        with! { log.plain("a") => { break BODY; } }
    };
    assert_eq!((broken, exits(&log)), (BODY, vec!["a: Break".into()]));
}

#[test]
fn decorators() {
    #[within(log.plain("a"))]
    #[within(log.suppressing("b").letting_through())]
    fn decorated(log: &Log) -> Option<Result<(), Refused>> {
        BODY
    }
    #[within(log.plain("a"), log.suppressing("b").letting_through())]
    fn with_both(log: &Log) -> Option<Result<(), Refused>> {
        BODY
    }
    let log = Log::new();
    for decorated in [decorated, with_both] {
        assert_eq!(decorated(&log), Some(BODY));
        assert_eq!(exits(&log), ["b: Failed(body)", "a: Failed(body)"]);
    }
}

/// The managers that a generator enters around its yield make no value of what passes by.
#[test]
fn generators_inside() {
    #[context_manager]
    fn both(log: &Log) -> Result<Suppress, Refused> {
        with! { log.plain("inside") => { yield_!(); } }
        Ok(Suppress::No)
    }
    let log = Log::new();
    let block = with! { log.plain("a"), both(&log), log.fallible("b") => { BODY } };
    assert_eq!(block, Ok(Some(Ok(BODY))));
    assert_eq!(
        exits(&log),
        ["b: Failed(body)", "inside: Failed(body)", "a: Failed(body)"]
    );
}

#[test]
fn async_managers() {
    let log = Log::new();
    let block = run(async {
        with! {
            async log.async_fallible("a"),
            log.suppressing("b").letting_through(),
            async log.async_plain("c"),
            log.fallible("d") => { BODY }
        }
    });
    assert_eq!(block, Ok(Some(Ok(BODY))));
    let expected = ["d", "c", "b", "a"].map(|name| format!("{name}: Failed(body)"));
    assert_eq!(exits(&log), expected);
}

/// An error that borrows, under managers that do not ask for its type.
#[test]
fn an_error_that_borrows() {
    #[derive(Debug, PartialEq)]
    struct Named<'a>(&'a str);
    impl fmt::Display for Named<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }
    impl Error for Named<'_> {}
    let name = String::from("name");
    let seen = Cell::new(String::new());
    let note = guard(&seen, |seen, outcome| seen.set(told(outcome)));
    let log = Log::new();
    let block = with! { note, log.fallible("b") => { Err::<u8, _>(Named(&name)) } };
    assert_eq!(block, Ok(Err(Named("name"))));
    assert_eq!(seen.take(), "Failed(name)");
}

/// The types are found where they are used, as in a block that is not one.
#[test]
fn types_that_are_found_later() {
    let log = Log::new();
    let block =
        with! { log.plain("a"), log.suppressing("b") => { "x".parse().map(|n| (n, Vec::new())) } };
    let mut list = Vec::new();
    if let Some(parsed) = block {
        let (n, mut found) = parsed.unwrap_or((7_u8, vec![""]));
        found.push("y");
        list.push((n, found));
    }
    assert_eq!(list, []);
    assert_eq!(
        exits(&log),
        ["b: Failed(invalid digit found in string)", "a: End"]
    );

    let block: Option<Result<Box<dyn Fn() -> u8>, Refused>> =
        with! { log.plain("a"), log.suppressing("b") => { Ok(Box::new(|| 7)) } };
    assert_eq!(block.unwrap().unwrap()(), 7);
}

/// In generic code, and with a manager that looks into the type of errors.
#[test]
fn in_generic_code() {
    fn inside<M: Manager<Exit = V>, V: Verdict, F: Error + Sync + 'static>(
        outer: impl Manager<Exit = ()>,
        inner: M,
        body: impl FnOnce() -> Result<(), F>,
    ) -> V::Block<Result<(), F>> {
        with! { outer, inner => { body() } }
    }
    #[context_manager]
    fn inspects(seen: &Cell<bool>) -> Inspecting<()> {
        let outcome = yield_!();
        seen.set(outcome.is::<Refused>());
        Inspecting(())
    }
    let (log, seen) = (Log::new(), Cell::new(false));
    assert_eq!(inside(log.plain("a"), log.fallible("b"), || BODY), Ok(BODY));
    assert_eq!(exits(&log), ["b: Failed(body)", "a: Failed(body)"]);

    let block = with! { inspects(&seen), log.fallible("b") => { BODY } };
    assert_eq!((block, seen.get()), (Ok(BODY), true));
}

/// Why it matters.
#[test]
#[cfg_attr(miri, ignore = "SQLite is C")]
fn a_transaction_is_rolled_back() -> Sql<()> {
    fn rows(db: &Connection) -> Sql<u8> {
        db.query_row("SELECT count(*) FROM t", [], |row| row.get(0))
    }
    let mut db = Connection::open_in_memory()?;
    db.execute_batch("CREATE TABLE t (n)")?;

    let begun = transaction(
        db.transaction()?,
        Transaction::commit,
        Transaction::rollback,
    );
    let block = with! { begun as tx, suppress::<fmt::Error>() => {
        tx.execute("INSERT INTO t VALUES (1)", [])?;
        BODY
    } };
    assert_eq!((block?, rows(&db)?), (Some(BODY), 0));

    let begun = transaction(
        db.transaction()?,
        Transaction::commit,
        Transaction::rollback,
    );
    let block = with! { begun as tx, suppress_any(|_| true) => {
        tx.execute("INSERT INTO t VALUES (1)", [])?;
        BODY
    } };
    assert_eq!((block?, rows(&db)?), (None, 1));
    Ok(())
}
