//! Loops, labels, `let`-`else`, and what keeps its own control flow.

use std::ops::ControlFlow;

use cm_runtime::with;
use cm_tests::managers::{Log, Refused};

#[test]
fn break_and_continue_of_every_loop() {
    let log = Log::new();
    let mut seen = vec![];
    for i in 0..5 {
        with! { log.plain("f") => {
            if i == 1 {
                continue;
            }
            if i == 3 {
                break;
            }
            seen.push(i);
        } }
    }
    let mut i = 0;
    while i < 5 {
        i += 1;
        with! { log.plain("w") => {
            if i == 1 {
                continue;
            }
            if i == 3 {
                break;
            }
            seen.push(i);
        } }
    }
    let mut stack = vec![1, 2, 3];
    while let Some(top) = stack.pop() {
        with! { log.plain("l") => {
            if top == 3 {
                continue;
            }
            if top == 1 {
                break;
            }
            seen.push(top);
        } }
    }
    assert_eq!(seen, [0, 2, 2, 2]);
    let exits: Vec<_> = log
        .take()
        .into_iter()
        .filter(|l| l.contains("exit"))
        .collect();
    let told = |m: &str, leave: &str| format!("exit {m}: {leave}");
    assert_eq!(
        exits,
        [
            told("f", "End"),
            told("f", "Continue"),
            told("f", "End"),
            told("f", "Break"),
            told("w", "Continue"),
            told("w", "End"),
            told("w", "Break"),
            told("l", "Continue"),
            told("l", "End"),
            told("l", "Break"),
        ]
    );
}

#[test]
fn labelled_jumps_cross_loops_and_managers() {
    let log = Log::new();
    let mut seen = vec![];
    'outer: for i in 0..4 {
        with! { log.plain("a") => {
            for j in 0..4 {
                with! { log.plain("b") => {
                    if j == 1 {
                        continue;
                    }
                    if j == 2 {
                        continue 'outer;
                    }
                    if i == 2 {
                        break 'outer;
                    }
                    seen.push((i, j));
                } }
            }
        } }
    }
    assert_eq!(seen, [(0, 0), (1, 0)]);
    let lines = log.take();
    assert_eq!(
        lines[..8],
        [
            "enter a",
            "enter b",
            "exit b: End",
            "enter b",
            "exit b: Continue",
            "enter b",
            "exit b: Continue",
            "exit a: Continue",
        ]
    );
    assert_eq!(lines[lines.len() - 2..], ["exit b: Break", "exit a: Break"]);
}

#[test]
fn break_with_a_value() {
    let log = Log::new();
    let mut i = 0;
    let found = loop {
        i += 1;
        with! { log.plain("m") => {
            if i == 3 {
                break i * 10;
            }
        } }
    };
    assert_eq!(found, 30);
    let found = 'search: {
        for i in 0.. {
            with! { log.plain("a"), log.plain("b") => {
                if i == 2 {
                    break 'search Some(i);
                }
                if i == 9 {
                    break 'search None;
                }
            } }
        }
        unreachable!()
    };
    assert_eq!(found, Some(2));
}

#[test]
fn jumps_from_inside_an_expression() {
    let log = Log::new();
    let mut sum = 0;
    for text in ["1", "x", "2", "stop", "4"] {
        with! { log.plain("m") => {
            sum += match text.parse::<u8>() {
                Ok(n) => n,
                Err(_) if text == "stop" => break,
                Err(_) => continue,
            };
        } }
    }
    assert_eq!(sum, 3);
}

#[test]
fn jumps_in_conditions_and_guards() {
    let log = Log::new();
    let mut turns = 0;
    loop {
        with! { log.plain("m") => {
            turns += 1;
            if (if turns < 3 { continue } else { turns == 3 }) {
                match turns {
                    n if n == 3 && (break) => unreachable!(),
                    _ => unreachable!(),
                }
            }
        } }
    }
    assert_eq!(turns, 3);
}

#[test]
fn inner_loops_closures_and_items_keep_their_own() {
    fn run(log: &Log) -> Result<u8, Refused> {
        let sum = with! { log.plain("m") => {
            fn item() -> Result<u8, Refused> {
                Err(Refused("item"))?;
                return Ok(1);
            }
            let closure = |n: u8| -> Result<u8, Refused> {
                if n == 0 {
                    return Err(Refused("zero"));
                }
                let m = Ok(n)?;
                Ok(m)
            };
            let mut sum = 0;
            'inner: for i in 0..10u8 {
                loop {
                    if i == 5 {
                        break 'inner;
                    }
                    if i % 2 == 0 {
                        continue 'inner;
                    }
                    break;
                }
                sum += closure(i)?;
            }
            assert!(item().is_err() && closure(0).is_err());
            let labelled = 'block: {
                if sum == 4 {
                    break 'block 10;
                }
                0
            };
            sum + labelled
        } };
        Ok(sum)
    }
    let log = Log::new();
    assert_eq!(run(&log), Ok(14));
    assert_eq!(log.take(), ["enter m", "exit m: End"]);
}

#[test]
fn a_label_of_the_body_on_a_block() {
    let log = Log::new();
    let mut count = 0;
    for _ in 0..2 {
        with! { log.plain("m") => {
            let inner = 'l: {
                break 'l 1;
            };
            count += inner;
        } }
    }
    assert_eq!(count, 2);
}

/// A loop without a label, in one with a label, which is left behind it.
#[test]
fn a_label_of_the_body_around_a_loop_without_one() {
    let log = Log::new();
    let mut seen = vec![];
    'outer: for i in 0..3 {
        with! { log.plain("m") => {
            'inner: loop {
                for j in 0..9 {
                    if j > i {
                        break;
                    }
                }
                break 'inner;
            }
            seen.push(i);
            if i == 1 {
                break 'outer;
            }
        } }
    }
    assert_eq!(seen, [0, 1]);
    assert_eq!(
        log.take(),
        ["enter m", "exit m: End", "enter m", "exit m: Break"]
    );
}

#[test]
fn let_else_in_the_body() {
    fn first(log: &Log, v: &[u8]) -> Option<u8> {
        with! { log.plain("m") => {
            let [first, ..] = v else {
                return None;
            };
            let Some(more) = first.checked_add(1) else {
                None?
            };
            Some(more)
        } }
    }
    let log = Log::new();
    assert_eq!(first(&log, &[1]), Some(2));
    assert_eq!(first(&log, &[]), None);
    assert_eq!(first(&log, &[255]), None);
    let exits: Vec<_> = log
        .take()
        .into_iter()
        .filter(|l| l.contains("exit"))
        .collect();
    assert_eq!(exits, ["exit m: End", "exit m: Return", "exit m: Failed"]);
}

#[test]
fn if_let_and_match_in_the_body() {
    fn double(log: &Log, text: Option<&str>) -> Result<Option<u8>, std::num::ParseIntError> {
        with! { log.plain("m") => {
            if let Some(text) = text {
                match text.parse::<u8>()? {
                    0 => return Ok(Some(0)),
                    n => return Ok(Some(n * 2)),
                }
            }
        } }
        Ok(None)
    }
    let log = Log::new();
    assert_eq!(double(&log, Some("2")), Ok(Some(4)));
    assert_eq!(double(&log, Some("0")), Ok(Some(0)));
    assert_eq!(double(&log, None), Ok(None));
    assert!(double(&log, Some("x")).is_err());
}

#[test]
fn question_mark_on_an_option_and_on_control_flow() {
    fn option(log: &Log, n: Option<u8>) -> Option<u8> {
        with! { log.plain("m") => { Some(n? + 1) } }
    }
    fn control(log: &Log, n: u8) -> ControlFlow<u8, ()> {
        with! { log.plain("m") => {
            if n == 0 {
                ControlFlow::Break(7)?;
            }
        } }
        ControlFlow::Continue(())
    }
    let log = Log::new();
    assert_eq!((option(&log, Some(1)), option(&log, None)), (Some(2), None));
    assert_eq!(control(&log, 0), ControlFlow::Break(7));
    assert_eq!(control(&log, 1), ControlFlow::Continue(()));
}

#[test]
fn question_mark_inside_larger_expressions() {
    fn sum(log: &Log, a: &str, b: &str) -> Result<Vec<u8>, std::num::ParseIntError> {
        with! { log.plain("m") => {
            let mut v = Vec::with_capacity(a.parse::<usize>()? + 1);
            v.push(a.parse::<u8>()?.min(b.parse()?));
            v.extend::<[u8; 2]>([a.parse()?, b.parse()?]);
            Ok(v)
        } }
    }
    assert_eq!(sum(&Log::new(), "2", "1"), Ok(vec![1, 2, 1]));
    assert!(sum(&Log::new(), "2", "x").is_err());
}

#[test]
fn nested_question_marks() {
    fn twice(r: Result<Result<u8, Refused>, Refused>, log: &Log) -> Result<u8, Refused> {
        with! { log.plain("m") => { Ok(r??) } }
    }
    let log = Log::new();
    assert_eq!(twice(Ok(Ok(1)), &log), Ok(1));
    assert_eq!(twice(Ok(Err(Refused("in"))), &log), Err(Refused("in")));
    assert_eq!(twice(Err(Refused("out")), &log), Err(Refused("out")));
}

#[test]
fn question_mark_converts_into_the_functions_error() {
    fn parse(log: &Log, text: &str) -> Result<u8, Box<dyn std::error::Error>> {
        with! { log.plain("m") => {
            if text == "-" {
                Err(Refused("dash"))?;
            }
            if text == "+" {
                Err("a plus")?;
            }
            Ok(text.parse()?)
        } }
    }
    let log = Log::new();
    assert_eq!(parse(&log, "1").unwrap(), 1);
    assert_eq!(parse(&log, "-").unwrap_err().to_string(), "dash");
    assert_eq!(parse(&log, "+").unwrap_err().to_string(), "a plus");
    assert!(
        parse(&log, "x")
            .unwrap_err()
            .is::<std::num::ParseIntError>()
    );
}

#[test]
fn return_without_a_value() {
    fn run(log: &Log, leave: bool, end: &mut bool) {
        with! { log.plain("m") => {
            if leave {
                return;
            }
        } }
        *end = true;
    }
    let log = Log::new();
    let mut end = false;
    run(&log, true, &mut end);
    assert!(!end);
    run(&log, false, &mut end);
    assert!(end);
    assert_eq!(
        log.take(),
        ["enter m", "exit m: Return", "enter m", "exit m: End"]
    );
}

#[test]
fn returns_with_and_without_a_value_of_one_function() {
    fn run(log: &Log, n: u8) {
        let note = |text: &str| log.say(text);
        with! { log.plain("a"), log.plain("b") => catch {
            if n == 0 {
                return;
            }
            with! { log.plain("c") => {
                match n {
                    1 => return,
                    2 => return note("value"),
                    _ => {}
                }
            } }
            if n == 3 {
                return note("value");
            }
        } }
        note("after");
    }
    let log = Log::new();
    let told = |n| {
        run(&log, n);
        let exits = log.take().into_iter().filter(|l| !l.starts_with("enter"));
        exits.collect::<Vec<_>>()
    };
    let both = ["exit b: Return", "exit a: Return"];
    assert_eq!(told(0), both);
    assert_eq!(told(1), [&["exit c: Return"][..], &both].concat());
    assert_eq!(told(2), [&["value", "exit c: Return"][..], &both].concat());
    let end = ["exit c: End", "value"];
    assert_eq!(told(3), [&end[..], &both].concat());
    let ends = ["exit c: End", "exit b: End", "exit a: End", "after"];
    assert_eq!(told(4), ends);
}

#[test]
fn return_inside_return_and_break_inside_return() {
    #[allow(
        unreachable_code,
        clippy::diverging_sub_expression,
        clippy::needless_return,
        reason = "that is the case"
    )]
    fn run(log: &Log) -> u8 {
        loop {
            with! { log.plain("m") => {
                return (return 1);
            } }
        }
    }
    assert_eq!(run(&Log::new()), 1);
}

#[test]
fn deep_nesting_composes() {
    fn run(log: &Log, stop: &str) -> Result<&'static str, Refused> {
        for turn in 0..2 {
            with! { log.plain("a") => {
                with! { log.fallible("b")? => {
                    with! { log.plain("c") as text => {
                        let inner = with! { log.plain("d") => {
                            match stop {
                                "return" => return Ok("returned"),
                                "question" => Err(Refused("asked"))?,
                                "break" => break,
                                "continue" if turn == 0 => continue,
                                other => other.len(),
                            }
                        } };
                        text.push_str(&inner.to_string());
                    } }
                } }
            } }
        }
        Ok("end")
    }
    for (stop, result, leave) in [
        ("return", Ok("returned"), "Return"),
        ("question", Err(Refused("asked")), "Failed(asked)"),
        ("break", Ok("end"), "Break"),
        ("continue", Ok("end"), "Continue"),
        ("", Ok("end"), "End"),
    ] {
        let log = Log::new();
        assert_eq!(run(&log, stop), result, "{stop}");
        let lines = log.take();
        let exits: Vec<_> = lines
            .iter()
            .filter(|l| l.contains("exit"))
            .take(4)
            .collect();
        let told: Vec<_> = ["d", "c", "b", "a"]
            .map(|m| format!("exit {m}: {leave}"))
            .into();
        assert_eq!(exits, told.iter().collect::<Vec<_>>(), "{stop}");
    }
}
