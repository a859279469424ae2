//! Leaves inside foreign macros, and what keeps its own control flow.

use std::error::Error;
use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::task::Poll;

use cm_runtime::with;
use cm_tests::async_managers::cut_after;
use cm_tests::managers::{Log, Refused};

/// The exit of the one manager, after a run that is to leave it once.
fn exit_of(log: &Log) -> String {
    let lines = log.take();
    let exits: Vec<_> = lines
        .iter()
        .filter(|line| line.starts_with("exit"))
        .collect();
    assert_eq!(exits.len(), 1, "{lines:?}");
    exits[0].clone()
}

/// `?` in the arguments of std's macros: a failure with its error.
#[test]
fn question_marks_in_stds_macros() {
    fn run(log: &Log, text: &str) -> Result<String, Box<dyn Error>> {
        let mut out = String::new();
        with! { log.plain("m") => {
            println!("{}", text.parse::<u8>()?);
            write!(out, "{:03}", text.parse::<u8>()?)?;
            assert_eq!(text.parse::<u8>()?, 7, "not {}", 7);
            out.push_str(&format!("{}", text.len()));
        } }
        Ok(out)
    }
    let log = Log::new();
    assert_eq!(run(&log, "7").unwrap(), "0071");
    assert_eq!(exit_of(&log), "exit m: End");
    assert!(run(&log, "x").is_err());
    assert_eq!(
        exit_of(&log),
        "exit m: Failed(invalid digit found in string)"
    );
}

/// anyhow's macros return from the function: a failure with its error.
#[test]
fn bail_and_ensure() {
    fn run(log: &Log, n: u8) -> anyhow::Result<u8> {
        with! { log.plain("a"), log.fallible("b")? => {
            anyhow::ensure!(n != 1, "n is {n}");
            if n == 2 {
                anyhow::bail!("n is two");
            }
            anyhow::ensure!(n != 3);
            log.say("body");
            Ok(n)
        } }
    }
    let ends = |n| {
        let log = Log::new();
        let result = run(&log, n).map_err(|error| error.to_string());
        let lines = log.take();
        assert_eq!(
            lines.iter().filter(|line| line.starts_with("exit")).count(),
            2
        );
        (result, lines.last().unwrap().clone())
    };
    assert_eq!(ends(0), (Ok(0), "exit a: End".into()));
    assert_eq!(
        ends(1),
        (Err("n is 1".into()), "exit a: Failed(n is 1)".into())
    );
    assert_eq!(
        ends(2),
        (Err("n is two".into()), "exit a: Failed(n is two)".into())
    );
    let told = "Condition failed: `n != 3` (3 vs 3)";
    assert_eq!(
        ends(3),
        (Err(told.into()), format!("exit a: Failed({told})"))
    );
}

/// A macro that takes its arguments as tokens of its own grammar.
#[test]
fn json() {
    fn run(log: &Log, text: &str) -> Result<serde_json::Value, std::num::ParseIntError> {
        let value = with! { log.plain("m") => {
            serde_json::json!({"a": text.parse::<u8>()?, "b": [text.len(), null]})
        } };
        Ok(value)
    }
    let log = Log::new();
    assert_eq!(
        run(&log, "7").unwrap().to_string(),
        r#"{"a":7,"b":[1,null]}"#
    );
    assert_eq!(exit_of(&log), "exit m: End");
    assert!(run(&log, "x").is_err());
    assert_eq!(
        exit_of(&log),
        "exit m: Failed(invalid digit found in string)"
    );
}

macro_rules! leave_unless {
    ($condition:expr) => {
        if !$condition {
            return Err(Refused("hidden"));
        }
    };
}

macro_rules! value_or_leave {
    ($value:expr) => {
        match $value {
            Some(value) => value,
            None => return Err(Refused("hidden")),
        }
    };
}

/// A macro that hides a `return` and shows nothing of it: exit runs once, with an opaque failure,
/// and the function returns what the macro returned.
#[test]
fn return_that_nothing_shows() {
    fn run(log: &Log, n: Option<u8>) -> Result<u8, Refused> {
        with! { log.plain("a"), log.fallible("b")? => {
            leave_unless!(n != Some(0));
            let n = value_or_leave!(n);
            log.say("body");
            Ok(n)
        } }
    }
    let log = Log::new();
    assert_eq!(run(&log, Some(7)), Ok(7));
    let _ = log.take();
    for n in [None, Some(0)] {
        assert_eq!(run(&log, n), Err(Refused("hidden")));
        let told = [
            "enter a",
            "enter b",
            "drop value",
            "exit b: Failed",
            "exit a: Failed",
        ];
        assert_eq!(log.take(), told);
    }
}

/// A hidden `return` cannot be suppressed or replaced: exit's error goes to who listens.
#[test]
fn hidden_return_goes_on() {
    fn suppressed(log: &Log) -> Result<u8, Refused> {
        let block = with! { log.suppressing("m") => { leave_unless!(false) } };
        Ok(block.map_or(0, |()| 1))
    }
    fn replaced(log: &Log) -> Result<u8, Refused> {
        with! { log.fallible("m").refusing_exit("full")? => { leave_unless!(false) } }
        Ok(1)
    }
    let log = Log::new();
    assert_eq!(suppressed(&log), Err(Refused("hidden")));
    let (result, lost) = cm_runtime::lost::capture(|| replaced(&log));
    assert_eq!(result, Err(Refused("hidden")));
    assert_eq!((lost.len(), lost[0].error.as_str()), (1, "full"));
}

/// A `break` or `continue` with a label, in a macro that is not std's, is a leave that nothing shows, too. (With no label
/// the compiler refuses it: E0695.)
#[test]
fn labels_in_macros() {
    macro_rules! run {
        ($($code:tt)*) => { $($code)* };
    }
    macro_rules! next {
        ($label:lifetime) => {
            continue $label
        };
    }
    let log = Log::new();
    'outer: loop {
        with! { log.plain("m") => { run!(break 'outer); } }
    }
    assert_eq!(log.take(), ["enter m", "exit m: Failed"]);
    'outer: for n in 0..2 {
        with! { log.suppressing("m") => {
            if n == 0 {
                next!('outer);
            }
        } };
        log.say("behind");
    }
    let told = [
        "enter m",
        "exit m: Failed",
        "enter m",
        "exit m: End",
        "behind",
    ];
    assert_eq!(log.take(), told);
}

/// A macro with the name of one that is known to hide no leave, but hides one: no panic is reported.
#[test]
fn return_in_a_macro_with_a_known_name() {
    macro_rules! error {
        ($what:expr) => {
            return Err(Refused($what))
        };
    }
    fn run(log: &Log) -> Result<(), Refused> {
        with! { log.plain("m") => { error!("hidden") } }
    }
    let log = Log::new();
    assert_eq!(run(&log), Err(Refused("hidden")));
    assert_eq!(exit_of(&log), "exit m: Failed");
}

/// A jump to a label of the caller's, in a block of a macro that has a label of the same name: the names do not tell that
/// it leaves the block.
#[test]
fn labels_of_the_same_name() {
    macro_rules! once {
        ($log:expr, $body:block) => {
            with! { $log.plain("m") => {
                'again: loop {
                    $body
                    break 'again;
                }
            } }
        };
    }
    let log = Log::new();
    'again: for n in 0..2 {
        once!(log, {
            if n == 0 {
                continue 'again;
            }
        });
    }
    let told = ["enter m", "exit m: Failed", "enter m", "exit m: End"];
    assert_eq!(log.take(), told);
}

/// A macro that shows its leave in its tokens, whatever it does with them.
#[test]
fn leaves_that_tokens_show() {
    macro_rules! run {
        ($($code:tt)*) => { $($code)* };
    }
    fn leave(log: &Log, how: u8) -> Result<u8, Refused> {
        with! { log.plain("m") => {
            run! { if how == 0 { return Ok(7); } }
            run!(assert!(how != 1 || return Err(Refused("shown"))));
            let n: u8 = run!(if how == 2 { Err(Refused("asked"))? } else { 8 });
            Ok(n)
        } }
    }
    let log = Log::new();
    assert_eq!(leave(&log, 0), Ok(7));
    assert_eq!(exit_of(&log), "exit m: Return");
    assert_eq!(leave(&log, 1), Err(Refused("shown")));
    assert_eq!(exit_of(&log), "exit m: Failed(shown)");
    assert_eq!(leave(&log, 2), Err(Refused("asked")));
    assert_eq!(exit_of(&log), "exit m: Failed(asked)");
    assert_eq!(leave(&log, 3), Ok(8));
    assert_eq!(exit_of(&log), "exit m: End");
}

/// Adding such a call changes nothing for the rest of the body: it still moves, partly moves, and
/// returns borrows as a plain block does.
#[test]
fn the_rest_of_the_body_stays_as_it_was() {
    fn run(log: &Log, words: &mut [String], s: String, n: u8) -> anyhow::Result<String> {
        let pair = Box::new((String::from("left"), String::from("right")));
        for _ in 0..3 {
            with! { log.plain("m") => {
                anyhow::ensure!(n != 1, "one");
                if n == 2 {
                    return Ok(s);
                }
                if n == 3 {
                    let left = pair.0;
                    return Ok(left + &pair.1);
                }
                words[0].push('!');
            } }
        }
        Ok(s + &words[0])
    }
    let mut words = [String::from("word")];
    let mut run = |n| run(&Log::new(), &mut words, "s".into(), n).map_err(|e| e.to_string());
    assert_eq!(run(0).as_deref(), Ok("sword!!!"));
    assert_eq!(run(1), Err("one".into()));
    assert_eq!(run(2).as_deref(), Ok("s"));
    assert_eq!(run(3).as_deref(), Ok("leftright"));
}

/// `?` inside of a macro stops at the block of `=> try`, as a plain one does.
#[test]
fn question_marks_in_macros_under_try() {
    let parse = |text: &str| {
        with! { Log::new().plain("m") => try {
            let shown = format!("{}", text.parse::<u8>()?);
            let value = serde_json::json!([text.parse::<u8>()?]);
            shown + &value.to_string()
        } }
    };
    assert_eq!(parse("7").as_deref(), Ok("7[7]"));
    assert!(parse("x").is_err());
}

/// A `?` inside of a macro is a failure also where it leaves with something other than an `Err`.
#[test]
fn question_marks_in_macros_that_leave_without_an_err() {
    macro_rules! value {
        ($value:expr) => {
            $value
        };
    }
    fn option(log: &Log, n: Option<u8>) -> Option<u8> {
        with! { log.plain("a"), log.plain("b") => { Some(value!(n?)) } }
    }
    fn caught(log: &Log, n: Option<u8>) -> Option<u8> {
        with! { log.plain("m") => catch { Some(value!(n?)) } }
    }
    fn flow(log: &Log, n: ControlFlow<u8, u8>) -> ControlFlow<u8, u8> {
        with! { log.plain("m") => { ControlFlow::Continue(value!(n?)) } }
    }
    fn ready(log: &Log, n: Poll<Result<u8, Refused>>) -> Poll<Result<u8, Refused>> {
        with! { log.plain("m") => { Poll::Ready(Ok(std::task::ready!(n?))) } }
    }
    fn next(log: &Log, n: Poll<Option<Result<u8, Refused>>>) -> Poll<Option<Result<u8, Refused>>> {
        with! { log.plain("m") => { Poll::Ready(std::task::ready!(n?).map(Ok)) } }
    }
    async fn awaited(log: Log, n: Option<u8>) -> Option<u8> {
        with! { async log.async_plain("m") => { Some(value!(n?)) } }
    }
    // It hides a `return`, too, which is no failure.
    macro_rules! small {
        ($value:expr, $large:path) => {
            match $value {
                large @ 9.. => return $large(large),
                small => small,
            }
        };
    }
    fn small_option(log: &Log, n: Option<u8>) -> Option<u8> {
        with! { log.plain("m") => { Some(small!(n?, Some)) } }
    }
    fn small_flow(log: &Log, n: ControlFlow<u8, u8>) -> ControlFlow<u8, u8> {
        with! { log.plain("m") => { ControlFlow::Continue(small!(n?, ControlFlow::Continue)) } }
    }

    let log = Log::new();
    assert_eq!(option(&log, None), None);
    let told = ["enter a", "enter b", "exit b: Failed", "exit a: Failed"];
    assert_eq!(log.take(), told);
    assert_eq!(caught(&log, None), None);
    assert_eq!(exit_of(&log), "exit m: Failed");
    assert_eq!(flow(&log, ControlFlow::Break(1)), ControlFlow::Break(1));
    assert_eq!(exit_of(&log), "exit m: Failed");
    let refused = Err(Refused("no"));
    assert_eq!(ready(&log, Poll::Ready(refused)), Poll::Ready(refused));
    assert_eq!(exit_of(&log), "exit m: Failed");
    let refused = Poll::Ready(Some(refused));
    assert_eq!(next(&log, refused), refused);
    assert_eq!(exit_of(&log), "exit m: Failed");
    assert_eq!(cut_after(9, awaited(log.clone(), None)), Some(None));
    let told = log.take();
    assert!(told.iter().any(|line| line.ends_with("Failed")), "{told:?}");

    assert_eq!(ready(&log, Poll::Pending), Poll::Pending);
    assert_eq!(exit_of(&log), "exit m: Return");
    assert_eq!(small_option(&log, Some(9)), Some(9));
    assert_eq!(exit_of(&log), "exit m: Return");
    assert_eq!(small_option(&log, None), None);
    assert_eq!(exit_of(&log), "exit m: Failed");
    let nine = ControlFlow::Continue(9);
    assert_eq!(small_flow(&log, nine), nine);
    assert_eq!(exit_of(&log), "exit m: Return");
    let stopped = ControlFlow::Break(1);
    assert_eq!(small_flow(&log, stopped), stopped);
    assert_eq!(exit_of(&log), "exit m: Failed");
    assert_eq!(next(&log, Poll::Ready(None)), Poll::Ready(None));
    assert_eq!(exit_of(&log), "exit m: End");

    // What is suppressed does not leave.
    let suppressed = |log: &Log| {
        with! { log.suppressing("m") => { let _: u8 = value!(None?); } };
        // The `?` behind a `>` is seen as well.
        with! { log.suppressing("m") => { value!(None::<u8>?); } };
        Some("behind the block")
    };
    assert_eq!(suppressed(&log), Some("behind the block"));
}

/// Closures, async blocks, items and loops inside of the body keep their own leaves.
#[test]
fn what_keeps_its_own_control_flow() {
    let log = Log::new();
    let n = with! { log.plain("m") => {
        let closure = |text: &str| -> Result<u8, std::num::ParseIntError> {
            if text == "-" {
                return Ok(0);
            }
            Ok(text.parse::<u8>()?)
        };
        fn item(n: u8) -> Option<u8> {
            Some(n.checked_add(1)?)
        }
        let future = async { Err::<u8, _>(Refused("not awaited"))?; Ok::<_, Refused>(()) };
        drop(future);
        let found = 'found: {
            for i in 0..9 {
                if i == 1 {
                    continue;
                }
                if item(i) == Some(6) {
                    break 'found i;
                }
            }
            9
        };
        assert!(closure("x").is_err());
        closure("-").unwrap() + closure("2").unwrap() + found
    } };
    assert_eq!(n, 7);
    assert_eq!(exit_of(&log), "exit m: End");
}
