//! The four verdicts, each told each outcome.

use std::error::Error;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use cm_runtime::{Inspecting, Outcome, Suppress, context_manager, lost, with};
use cm_tests::managers::{Log, Refused, told};

#[context_manager]
fn plain(log: &Log) {
    let outcome = yield_!();
    log.say(told(outcome));
}

#[context_manager(yields = &Log)]
fn fallible(
    log: &Log,
    enter: Result<(), Refused>,
    exit: Result<(), Refused>,
) -> Result<(), Refused> {
    enter?;
    let outcome = yield_!(log);
    log.say(told(outcome));
    exit?;
    Ok(())
}

#[context_manager]
fn suppressing(log: &Log) -> Suppress {
    let outcome = yield_!();
    log.say(told(outcome));
    Suppress::when(outcome.is::<Refused>())
}

#[context_manager]
fn both(log: &Log, answer: Result<Suppress, Refused>) -> Result<Suppress, Refused> {
    log.say(told(yield_!()));
    answer
}

/// Code after the yield runs on every way out.
#[test]
fn told_each_outcome() {
    fn run(log: &Log, how: u8) -> Result<u8, Refused> {
        let n = loop {
            with! { plain(log) => {
                match how {
                    0 => return Ok(0),
                    1 => return Err(Refused("one")),
                    2 => Err(Refused("two"))?,
                    3 => break 3,
                    4 => resume_unwind(Box::new("four")),
                    _ => {}
                }
            } }
            break 5;
        };
        Ok(n)
    }
    let ends = |how| {
        let log = Log::new();
        let result = catch_unwind(AssertUnwindSafe(|| run(&log, how)));
        (result.ok(), log.take().join(" "))
    };
    assert_eq!(ends(0), (Some(Ok(0)), "Return".into()));
    assert_eq!(ends(1), (Some(Err(Refused("one"))), "Failed(one)".into()));
    assert_eq!(ends(2), (Some(Err(Refused("two"))), "Failed(two)".into()));
    assert_eq!(ends(3), (Some(Ok(3)), "Break".into()));
    assert_eq!(ends(4), (None, "Panicked".into()));
    assert_eq!(ends(5), (Some(Ok(5)), "End".into()));
}

#[test]
fn can_fail() {
    let log = Log::new();
    let no = Err(Refused("no"));
    let entered = with! { fallible(&log, Ok(()), Ok(())) as log => { log.say("body"); 7 } };
    assert_eq!(entered, Ok(7));
    assert_eq!(log.take(), ["body", "End"]);
    let refused = with! { fallible(&log, no, Ok(())) => { 7 } };
    assert_eq!(refused, Err(Refused("no")));
    assert!(log.take().is_empty(), "the body did not run");
    let failed = with! { fallible(&log, Ok(()), no) => { 7 } };
    assert_eq!(failed, Err(Refused("no")));
    // The first failure wins, and the other one is kept.
    let (failed, lost) = lost::capture(|| {
        with! { fallible(&log, Ok(()), no) => { Err::<(), _>(Refused("body")) } }
    });
    assert_eq!(failed, Ok(Err(Refused("body"))));
    assert_eq!(lost[0].error, "no");
}

/// A manager function that takes an error and ends normally suppresses it, where its type
/// says that it can.
#[test]
fn can_suppress() {
    fn run(log: &Log, refused: bool) -> Result<&'static str, Box<dyn Error>> {
        with! { suppressing(log) => {
            if refused {
                Err(Refused("no"))?;
            }
            "x".parse::<u8>()?;
        } };
        Ok("behind the block")
    }
    let log = Log::new();
    assert_eq!(run(&log, true).unwrap(), "behind the block");
    assert!(run(&log, false).is_err());
    let told = ["Failed(no)", "Failed(invalid digit found in string)"];
    assert_eq!(log.take(), told);
}

/// An exit that does nothing differs from one that fails.
#[test]
fn can_do_both() {
    let log = Log::new();
    let run = |answer| with! { both(&log, answer) => { Err::<u8, _>(Refused("body")) } };
    assert_eq!(run(Ok(Suppress::Yes)), Ok(None));
    assert_eq!(run(Ok(Suppress::No)), Ok(Some(Err(Refused("body")))));
    let (block, lost) = lost::capture(|| run(Err(Refused("exit"))));
    assert_eq!((block, lost.len()), (Ok(Some(Err(Refused("body")))), 1));
}

#[test]
fn can_inspect() {
    #[context_manager]
    fn inspecting(seen: &mut bool) -> Inspecting<()> {
        *seen = yield_!().is::<Refused>();
        Inspecting(())
    }
    let mut seen = false;
    let block = with! { inspecting(&mut seen) => { Err::<(), _>(Refused("no")) } };
    assert!(block.is_err() && seen);
}

/// The error goes on as it is, also one that looks like a signal.
#[test]
fn errors_go_on_unchanged() {
    let error: Box<dyn Error> = Box::new(Refused("no"));
    let address = std::ptr::from_ref(&*error).addr();
    let block = with! { plain(&Log::new()) => { Err::<(), _>(error) } };
    assert_eq!(std::ptr::from_ref(&*block.unwrap_err()).addr(), address);
    let flow = with! { plain(&Log::new()) => { Err::<(), _>(Suppress::Yes) } };
    assert_eq!(flow, Err(Suppress::Yes));
    let payload = catch_unwind(AssertUnwindSafe(|| {
        with! { plain(&Log::new()) => { resume_unwind(Box::new(7_u8)); } }
    }));
    assert_eq!(payload.unwrap_err().downcast_ref(), Some(&7_u8));
}

/// A manager may fail with an error that has the body's as its source, if the body
/// did not fail; after a failed body its error is kept.
#[test]
fn exit_errors_have_sources() {
    #[derive(Debug)]
    struct Closing(Refused);
    impl fmt::Display for Closing {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("not closed")
        }
    }
    impl Error for Closing {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.0)
        }
    }
    #[context_manager]
    fn closing() -> Result<(), Closing> {
        yield_!();
        Err(Refused("disk full")).map_err(Closing)
    }
    let block = with! { closing() => { 7 } };
    let error = block.unwrap_err();
    assert_eq!(error.source().unwrap().to_string(), "disk full");
}

/// The outcome can be kept, matched on, and asked for its error until the function ends.
#[test]
fn outcome_is_a_value() {
    #[context_manager(yields = u8)]
    fn matching(log: &Log) {
        match yield_!(1) {
            Outcome::Succeeded(leave) => log.say(format!("{leave:?}")),
            Outcome::Failed(failure) => {
                let error = failure.error();
                log.say(error.map_or("opaque".into(), ToString::to_string));
            }
            _ => log.say("other"),
        }
    }
    let log = Log::new();
    let _ = with! { matching(&log) => { Err::<(), _>(Refused("no")) } };
    with! { matching(&log) => {} }
    let _ = with! { matching(&log) => { Err::<(), _>(7) } };
    assert_eq!(log.take(), ["no", "End", "opaque"]);
}

/// A verdict that a macro stands for can be a `Result`.
#[test]
fn said_by_a_macro() {
    macro_rules! failing {
        () => {
            Result<(), Refused>
        };
    }
    #[context_manager]
    fn early(fails: bool) -> failing!() {
        if fails {
            return Err(Refused("early"));
        }
        yield_!();
        Ok(())
    }
    assert_eq!(with! { early(true) => {} }, Err(Refused("early")));
    assert_eq!(with! { early(false) => {} }, Ok(()));
}
