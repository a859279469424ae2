//! One manager: `CPython`'s `FailureTestCase`, `NonexceptionalTestCase`, `ExceptionalTestCase`,
//! `NonLocalFlowControlTestCase`, `AssignmentTargetTestCase`, `ExitSwallowsExceptionTestCase`.

use std::convert::Infallible;
use std::num::ParseIntError;
use std::ops::ControlFlow;

use cm_runtime::{ContextManager, Manager, Outcome, Owned, Suppress, Typed, with};
use cm_tests::managers::{Log, Refused};

/// Enter fails: the error goes on, the body does not run, exit is not called.
#[test]
fn enter_fails() {
    let log = Log::new();
    let block = with! { log.fallible("m").refusing_enter("closed") as _value => {
        log.say("body");
    } };
    assert_eq!(block, Err(Refused("closed")));
    assert_eq!(log.take(), ["enter m"]);
}

/// Exit fails after a body that did not: its error is the result, and the body's value is
/// dropped once.
#[test]
fn exit_fails() {
    let log = Log::new();
    let block = with! { log.fallible("m").refusing_exit("full") => { log.noisy("result") } };
    assert_eq!(block.err(), Some(Refused("full")));
    let told = ["enter m", "drop value", "exit m: End", "drop result"];
    assert_eq!(log.take(), told);
}

/// Without a binding the value lives until the body ends.
#[test]
fn no_binding() {
    let log = Log::new();
    let block = with! { log.fallible("m") => { log.say("body"); } };
    assert!(block.is_ok());
    let told = ["enter m", "body", "drop value", "exit m: End"];
    assert_eq!(log.take(), told);
}

/// A manager held in a variable, by value and by reference, is entered and exited once.
#[test]
fn manager_in_a_variable() {
    let log = Log::new();
    let mut manager = log.plain("m");
    with! { &mut manager => {} }
    with! { manager => {} }
    let once = ["enter m", "exit m: End"];
    assert_eq!(log.take(), [once, once].concat());
}

/// The binding shadows a variable of the same name, which is there again after the block.
#[test]
fn binding_shadows() {
    let name = 7;
    with! { Log::new().plain("m") as name => { assert_eq!(name, "m"); } }
    assert_eq!(name, 7);
}

/// In the body: entered, not exited; after it: exited without an error.
#[test]
fn entered_then_exited() {
    let log = Log::new();
    with! { log.plain("m") => { assert_eq!(log.take(), ["enter m"]); } }
    assert_eq!(log.take(), ["exit m: End"]);
}

struct Lends<T>(T);

impl<T: Copy> ContextManager for Lends<T> {
    type Lends = Owned<T>;
    type Exit = ();
    fn enter(&mut self) -> Result<T, Infallible> {
        Ok(self.0)
    }
    fn exit(&mut self, _: Outcome<'_>) {}
}

/// A pattern in parentheses, a tuple, a rest in an array.
#[test]
fn patterns() {
    assert_eq!(with! { Lends(7) as (x) => { x } }, 7);
    let sum = with! { Lends((1, 2, 3)) as (m, n, o) => { m + n + o } };
    assert_eq!(sum, 6);
    let (first, middle, last) =
        with! { Lends([1, 2, 3, 4]) as [a, rest @ .., c] => { (a, rest, c) } };
    assert_eq!((first, middle, last), (1, [2, 3], 4));
}

/// The body fails: exit is told that error, and the caller gets it as it is.
#[test]
fn body_fails() {
    fn question(log: &Log) -> Result<(), Refused> {
        with! { log.plain("m") => {
            Err(Refused("no"))?;
            log.say("not reached");
        } }
        log.say("not reached");
        Ok(())
    }
    fn returned(log: &Log) -> Result<(), Refused> {
        with! { log.plain("m") => { return Err(Refused("no")); } }
    }
    for run in [question, returned] {
        let log = Log::new();
        assert_eq!(run(&log), Err(Refused("no")));
        assert_eq!(log.take(), ["enter m", "exit m: Failed(no)"]);
    }
}

/// The error that exit is told is the very one that goes on.
#[test]
fn the_same_error() {
    struct Keeps<'p>(&'p mut usize);
    impl ContextManager for Keeps<'_> {
        type Lends = Owned<()>;
        type Exit = ();
        fn enter(&mut self) -> Result<(), Infallible> {
            Ok(())
        }
        fn exit(&mut self, outcome: Outcome<'_>) {
            *self.0 = std::ptr::from_ref(outcome.error().unwrap()).addr();
        }
    }
    let mut told = 0;
    let error = with! { Keeps(&mut told) => { Err::<(), Box<dyn std::error::Error>>(Box::new(Refused("no"))) } };
    let error = error.unwrap_err();
    assert_eq!(told, std::ptr::from_ref(&*error).addr());
}

/// An error of the manager's own error type, and a type that stands for control flow,
/// pass through unchanged.
#[test]
fn nothing_of_the_body_is_taken_for_a_signal() {
    let log = Log::new();
    let block = with! { log.fallible("m") => { Err::<(), _>(Refused("body")) } };
    assert_eq!(block, Ok(Err(Refused("body"))));
    assert_eq!(log.take().last().unwrap(), "exit m: Failed(body)");

    let flow = with! { log.plain("m") => { ControlFlow::<u8, ()>::Break(7) } };
    assert_eq!(flow, ControlFlow::Break(7));
    assert_eq!(log.take()[1], "exit m: End", "a value, no `Err`");

    let error = with! { log.plain("m") => { Err::<(), cm_runtime::Suppress>(Suppress::Yes) } };
    assert_eq!(error, Err(Suppress::Yes));
    assert_eq!(log.take()[1], "exit m: Failed");
}

/// Exit's answer decides: yes suppresses, no lets it through, and an error of exit is kept
/// while the body's goes on.
#[test]
fn exits_answer() {
    let run = |answer| {
        let log = Log::new();
        let fails = || with! { log.both("m", answer) => { Err::<(), _>(Refused("body")) } };
        cm_runtime::lost::capture(fails)
    };
    let (block, lost) = run(Ok(Suppress::Yes));
    assert_eq!((block, lost.len()), (Ok(None), 0));
    let (block, lost) = run(Ok(Suppress::No));
    assert_eq!((block, lost.len()), (Ok(Some(Err(Refused("body")))), 0));
    let (block, lost) = run(Err(Refused("exit")));
    assert_eq!(block, Ok(Some(Err(Refused("body")))));
    assert_eq!((lost.len(), lost[0].error.as_str()), (1, "exit"));
}

/// `break`, plain, with a label, with a value.
#[test]
fn breaks() {
    let log = Log::new();
    let mut turns = 0;
    loop {
        turns += 1;
        with! { log.plain("m") => {
            if turns == 2 {
                break;
            }
        } }
    }
    let told = ["enter m", "exit m: End", "enter m", "exit m: Break"];
    assert_eq!(
        (turns, log.take().as_slice()),
        (2, &told.map(String::from)[..])
    );
    let value = 'outer: loop {
        loop {
            with! { log.plain("m") => { break 'outer 7; } }
        }
    };
    assert_eq!(value, 7);
    assert_eq!(log.take(), ["enter m", "exit m: Break"]);
    let value = 'block: {
        with! { log.plain("m") => { break 'block 8; } }
    };
    assert_eq!(value, 8);
    assert_eq!(log.take(), ["enter m", "exit m: Break"]);
}

/// `continue`, plain and with a label.
#[test]
fn continues() {
    let log = Log::new();
    'outer: for i in 0..2 {
        for _ in 0..2 {
            with! { log.plain("m") => {
                if i == 0 {
                    continue;
                }
                continue 'outer;
            } }
        }
    }
    let once = ["enter m", "exit m: Continue"];
    assert_eq!(log.take(), [once, once, once].concat());
}

/// `return` runs exit, then returns; `return Ok(..)` is a success; an exit error replaces
/// what would have been returned.
#[test]
fn returns() {
    fn early(log: &Log) -> Result<u8, Refused> {
        with! { log.fallible("m")? => { return Ok(7); } }
    }
    fn replaced(log: &Log) -> Result<u8, Refused> {
        with! { log.fallible("m").refusing_exit("full")? => { return Ok(7); } }
    }
    let log = Log::new();
    assert_eq!(early(&log), Ok(7));
    assert_eq!(log.take().last().unwrap(), "exit m: Return");
    assert_eq!(replaced(&log), Err(Refused("full")));
}

/// A suspended function keeps its manager entered; resumed, it goes on inside.
#[tokio::test]
async fn held_open_over_an_await() {
    let log = Log::new();
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let inside = async {
        with! { log.plain("m") => {
            let n: u8 = receiver.await.unwrap();
            log.say(format!("body {n}"));
        } }
    };
    let outside = async {
        assert_eq!(log.take(), ["enter m"]);
        sender.send(7).unwrap();
    };
    tokio::join!(inside, outside);
    assert_eq!(log.take(), ["body 7", "exit m: End"]);
}

/// Suppresses errors of one type, as `contextlib.suppress` does.
struct SuppressParse;

impl ContextManager for SuppressParse {
    type Lends = Owned<()>;
    type Exit = Suppress;
    fn enter(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
    fn exit(&mut self, outcome: Outcome<'_, Typed>) -> Suppress {
        Suppress::when(outcome.is::<ParseIntError>())
    }
}

/// After a suppressed `?` the function goes on behind the block; a `return Ok(v)`
/// in the same body leaves the function.
#[test]
fn suppressed() {
    fn run(text: &str) -> Result<&'static str, ParseIntError> {
        with! { SuppressParse => {
            if text.parse::<u8>()? == 7 {
                return Ok("seven");
            }
        } };
        Ok("behind the block")
    }
    assert_eq!(run("7"), Ok("seven"));
    assert_eq!(run("8"), Ok("behind the block"));
    assert_eq!(run("x"), Ok("behind the block"));
}

/// So does a function of another kind, whose `?` has no error.
#[test]
fn suppressed_without_an_error() {
    fn option(manager: impl Manager<Exit = Suppress>) -> Option<u8> {
        let block = with! { manager => { None::<u8>? } };
        assert_eq!(block, None);
        Some(2)
    }
    fn control_flow(manager: impl Manager<Exit = Suppress>) -> ControlFlow<u8, u8> {
        let block = with! { manager => { ControlFlow::Break::<u8, u8>(1)? } };
        assert_eq!(block, None);
        ControlFlow::Continue(2)
    }
    let log = Log::new();
    assert_eq!(option(log.suppressing("s")), Some(2));
    assert_eq!(control_flow(log.suppressing("s")), ControlFlow::Continue(2));
    assert_eq!(option(log.suppressing("s").letting_through()), None);
    let let_through = control_flow(log.suppressing("s").letting_through());
    assert_eq!(let_through, ControlFlow::Break(1));
    assert_eq!(log.take(), ["enter s", "exit s: Failed"].repeat(4));
}

/// What is not suppressed goes on.
#[test]
fn not_suppressed() {
    fn run() -> Result<&'static str, Refused> {
        with! { SuppressParse => { Err(Refused("no"))? } };
        Ok("behind the block")
    }
    assert_eq!(run(), Err(Refused("no")));
}
