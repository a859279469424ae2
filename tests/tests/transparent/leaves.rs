//! Leaves in places of their own: in values, fields and elements, and configured away.

use cm_runtime::with;
use cm_tests::managers::Log;

/// A leave in the value of a `break` that stays in the body, and in that of one that leaves it.
#[test]
fn leaves_in_the_value_of_a_break() {
    fn run(log: &Log, inner: Option<u8>, outer: Option<u8>) -> Option<u8> {
        let sum = loop {
            with! { log.plain("m") => {
                let value = loop {
                    break inner?;
                };
                break value + outer?;
            } }
        };
        Some(sum)
    }
    let log = Log::new();
    assert_eq!(run(&log, None, Some(1)), None);
    assert_eq!(run(&log, Some(1), None), None);
    assert_eq!(run(&log, Some(1), Some(2)), Some(3));
    let told = [
        "enter m",
        "exit m: Failed",
        "enter m",
        "exit m: Failed",
        "enter m",
        "exit m: Break",
    ];
    assert_eq!(log.take(), told);
}

/// Leaves that are there in another configuration only: what stands behind them is reached, and has its
/// type from the others.
#[test]
fn leaves_that_are_configured_away() {
    fn run(log: &Log, n: u8) -> Option<u8> {
        for _ in 0..1 {
            with! { log.plain("m") => {
                #[cfg(any())]
                n.checked_sub(9)?;
                #[cfg(any())]
                if n == 9 {
                    return Some(9);
                }
                match n {
                    #[cfg(any())]
                    9 => break,
                    1 => n.checked_sub(2)?,
                    _ => 0,
                };
            } }
        }
        Some(n)
    }
    let log = Log::new();
    assert_eq!([run(&log, 1), run(&log, 9)], [None, Some(9)]);
    let told = ["enter m", "exit m: Failed", "enter m", "exit m: End"];
    assert_eq!(log.take(), told);
}

#[test]
fn leaves_in_elements_that_are_configured_away() {
    fn run(log: &Log, n: u8) -> Option<u8> {
        let only = |n: u8| n;
        with! { log.plain("m") => {
            let array = [
                #[cfg(any())]
                n.checked_sub(9)?,
                #[cfg(not(any()))]
                n.checked_sub(1)?,
            ];
            let list = vec![
                array[0],
                #[cfg(any())]
                n.checked_sub(9)?,
            ];
            let pair = (
                #[cfg(any())]
                n.checked_sub(9)?,
                list[0],
                array.len(),
            );
            let same = only(
                #[cfg(any())]
                n.checked_sub(9)?,
                pair.0,
            );
            same.checked_add(
                #[cfg(any())]
                return Some(9),
                1,
            )
        } }
    }
    let log = Log::new();
    assert_eq!([run(&log, 1), run(&log, 0)], [Some(1), None]);
    let told = ["enter m", "exit m: End", "enter m", "exit m: Failed"];
    assert_eq!(log.take(), told);
}

/// The attribute stands at all kinds of expressions.
#[test]
fn leaves_in_any_element_that_is_configured_away() {
    fn run(log: &Log, n: Option<u8>, list: &[u8]) -> Option<usize> {
        with! { log.plain("m") => {
            let kinds = vec![
                #[cfg(any())]
                [n?],
                #[cfg(any())]
                { n? },
                #[cfg(any())]
                usize::from(n?),
                #[cfg(any())]
                (n?, n?).0,
                #[cfg(any())]
                for _ in 0..n? {},
                #[cfg(any())]
                if n? == 1 { 2 } else { 3 },
                #[cfg(any())]
                list[usize::from(n?)],
                #[cfg(any())]
                loop { n?; },
                #[cfg(any())]
                u8::max(1, n?),
                #[cfg(any())]
                matches!(n?, 1),
                #[cfg(any())]
                match n? { _ => 3 },
                #[cfg(any())]
                list.get(usize::from(n?)),
                #[cfg(any())]
                (n?),
                #[cfg(any())]
                &n?,
                #[cfg(any())]
                [n?; 2],
                #[cfg(any())]
                return Some(usize::from(n?)),
                #[cfg(any())]
                Some::<_> { 0: n? },
                #[cfg(any())]
                (n?,),
                #[cfg(any())]
                -n?,
                #[cfg(any())]
                unsafe { n? },
                #[cfg(any())]
                while n? == 1 {},
                list.len(),
            ];
            kinds.len()
        } }
        .checked_add(n?.into())
    }
    let log = Log::new();
    assert_eq!(run(&log, Some(1), &[]), Some(2));
    assert_eq!(log.take(), ["enter m", "exit m: End"]);
}

/// One `return` is configured away, and another one is not.
#[test]
fn returns_of_which_one_is_configured_away() {
    fn run(log: &Log, n: u8) -> Box<dyn std::fmt::Debug> {
        with! { log.plain("a"), log.plain("b") => {
            #[cfg(any())]
            return Box::new(0);
            if n == 1 {
                return Box::new("one");
            }
            return Box::new(n);
        } }
    }
    let log = Log::new();
    assert_eq!(
        format!("{:?} {:?}", run(&log, 1), run(&log, 2)),
        "\"one\" 2"
    );
    let told = ["enter a", "enter b", "exit b: Return", "exit a: Return"];
    assert_eq!(log.take(), [told, told].concat());
}

/// A statement that begins with a `?`, which is the operand of something else.
#[test]
#[allow(unused_must_use, reason = "that is what such a statement is")]
fn statements_that_begin_with_a_question_mark() {
    fn run(log: &Log, list: Option<&mut Vec<u8>>) -> Option<u8> {
        let pushes: fn(&mut Vec<u8>) = |list| list.push(5);
        let list = list?;
        with! { log.plain("m") => {
            Some(&mut *list)?.push(1);
            Some(&mut *list)?[0] += 1;
            Some((&mut *list,))?.0[0] += 1;
            Some(pushes)?(list);
            Some(1)? as u32;
            Some(1)? + 1;
            Some(1)?..2;
            let sum;
            (sum) = Some(list[0])? + Some(list[1])?;
            sum
        } }
        .checked_add(1)
    }
    assert_eq!(run(&Log::new(), Some(&mut Vec::new())), Some(9));
}

/// The same where a macro has matched the `?`.
#[test]
#[allow(unused_must_use, reason = "that is what such a statement is")]
fn statements_that_begin_with_what_a_macro_has_matched() {
    macro_rules! block {
        ($log:expr, $list:expr, $pushes:expr, $n:expr) => {
            with! { $log.plain("m") => {
                $list.push(1);
                $list[0] += 1;
                $pushes($list);
                $n as u32;
                $n + 1;
                $n..2;
                Some($list.len() as u8 + $list[0] + $n)
            } }
        };
    }
    fn run(log: &Log, list: &mut Vec<u8>, n: Option<u8>) -> Option<u8> {
        let pushes: fn(&mut Vec<u8>) = |list| list.push(5);
        block!(log, Some(&mut *list)?, Some(pushes)?, n?)
    }
    let (log, mut list) = (Log::new(), Vec::new());
    assert_eq!(run(&log, &mut list, Some(3)), Some(7));
}

/// What stands in front of the `else` of a `let` ends with a `?`, written there, or in what a macro has matched.
#[test]
#[allow(irrefutable_let_patterns, reason = "an assignment has no other")]
fn questions_in_front_of_an_else() {
    fn run(log: &Log, n: Option<u8>) -> Option<u8> {
        with! { log.plain("m") => {
            let mut _assigned = 0;
            let 1 = n? else { return Some(10) };
            let 2 = 1 + n? else { return Some(11) };
            let 1 = *&n? else { return Some(12) };
            let () = _assigned = n? else { return Some(13) };
            let std::ops::Range { end: 1, .. } = 0..n? else { return Some(14) };
            let -1 = -n.map(i16::from)? else { return Some(15) };
            n
        } }
    }
    fn matched(log: &Log, n: Option<u8>) -> Option<u8> {
        macro_rules! block {
            ($value:expr, $number:expr) => {
                with! { log.plain("m") => {
                    let mut _assigned = 0;
                    let 1 = $value else { return Some(10) };
                    let 2 = 1 + $value else { return Some(11) };
                    let 1 = *&$value else { return Some(12) };
                    let () = _assigned = $value else { return Some(13) };
                    let std::ops::Range { end: 1, .. } = 0..$value else { return Some(14) };
                    let -1 = -$number else { return Some(15) };
                    $value
                } }
            };
        }
        Some(block!(n?, n.map(i16::from)?))
    }
    let log = Log::new();
    assert_eq!([run(&log, Some(1)), run(&log, None)], [Some(1), None]);
    assert_eq!(
        [matched(&log, Some(1)), matched(&log, None)],
        [Some(1), None]
    );
}

/// A statement that a macro has matched, with a `?`.
#[test]
fn questions_in_a_statement_of_a_macro() {
    macro_rules! block {
        ($log:expr, $declares:stmt, $goes_on:stmt, $value:expr) => {
            with! { $log.plain("m") => {
                $declares;
                $goes_on;
                $value
            } }
        };
    }
    fn run(log: &Log, n: Option<u8>, list: &mut Vec<u8>) -> Option<u8> {
        block!(log, let m = n?, Some(&mut *list)?.push(m), list.pop())
    }
    let (log, mut list) = (Log::new(), Vec::new());
    assert_eq!(
        [run(&log, Some(1), &mut list), run(&log, None, &mut list)],
        [Some(1), None]
    );
}

/// In a field, an element that is repeated, and a `while`.
#[test]
fn leaves_in_parts_of_larger_expressions() {
    struct Pair {
        first: u8,
        both: [u8; 2],
    }
    fn run(log: &Log, first: Option<u8>, second: Option<u8>, third: Option<u8>) -> Option<u8> {
        with! { log.plain("m") => {
            let mut pair = Pair {
                first: first?,
                both: [second?; 2],
            };
            while pair.both[0] > 0 {
                pair.first += third?;
                pair.both[0] -= 1;
            }
            Some(pair.first + pair.both[1])
        } }
    }
    let log = Log::new();
    assert_eq!(run(&log, None, Some(2), Some(3)), None);
    assert_eq!(run(&log, Some(1), None, Some(3)), None);
    assert_eq!(run(&log, Some(1), Some(2), None), None);
    assert_eq!(log.take(), ["enter m", "exit m: Failed"].repeat(3));
    assert_eq!(run(&log, Some(1), Some(2), Some(3)), Some(9));
}

/// What a `?` is written as ends with a brace, which may not stand in front of an `else`, nor begin a statement that
/// goes on behind it.
#[test]
fn questions_where_no_brace_may_stand() {
    macro_rules! block {
        ($log:expr, $value:expr) => {
            with! { $log.plain("m") => {
                let Some(a) = $value else { return Ok(0) };
                let Some(b) = *&$value else { return Ok(0) };
                $value;
                $value.get_or_insert(1);
                if $value == None || $value.is_some() { Ok(a + b) } else { Ok(1) }
            } }
        };
    }
    fn parse(text: &str) -> Result<Option<u8>, std::num::ParseIntError> {
        text.parse().map(Some)
    }
    fn in_a_macro(log: &Log, text: &str) -> Result<u8, std::num::ParseIntError> {
        block!(log, parse(text)?)
    }
    fn written(log: &Log, text: &str) -> Result<u8, std::num::ParseIntError> {
        with! { log.plain("m") => {
            let Some(a) = parse(text)? else { return Ok(0) };
            let Some(b) = *&parse(text)? else { return Ok(0) };
            let 0..=9 = a + text.parse::<u8>()? else { return Ok(0) };
            if true {}
            parse(text)?.get_or_insert(1);
            let c = [a, b][usize::from(parse(text)? == Some(9))];
            let n = (parse(text)?.unwrap_or(1)..parse(text)?.unwrap_or(3)).len() as u8;
            *Ok(&mut 1)? = n;
            Ok(c + n)
        } }
    }
    let log = Log::new();
    assert_eq!((in_a_macro(&log, "2"), written(&log, "2")), (Ok(4), Ok(2)));
    assert_eq!(written(&log, "5"), Ok(0));
    assert!(in_a_macro(&log, "x").is_err() && written(&log, "x").is_err());
}
