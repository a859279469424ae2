//! A `?` in each part of each kind of expression: exit is told of the error, and the expression is worth what it is in
//! a plain block.

use std::num::ParseIntError;

use cm_runtime::with;
use cm_tests::managers::Log;

struct Pair {
    first: usize,
    second: usize,
}

const ONE_AND_TWO: Pair = Pair {
    first: 1,
    second: 2,
};

/// For each line: with the number 1 it is worth what is said, and without a number exit is told so.
macro_rules! each {
    ($(|$n:ident| $body:tt;)*) => {
        $(
            {
                fn run(log: &Log, text: &str) -> Result<usize, ParseIntError> {
                    let $n = || text.parse::<usize>();
                    with! { log.plain("m") => $body }
                }
                let (log, what) = (Log::new(), stringify!($body));
                assert_eq!(run(&log, "1"), Ok(7), "{what}");
                assert_ne!(log.take()[1], "exit m: Failed(invalid digit found in string)", "{what}");
                assert!(run(&log, "x").is_err(), "{what}");
                let told = ["enter m", "exit m: Failed(invalid digit found in string)"];
                assert_eq!(log.take(), told, "{what}");
            }
        )*
    };
}

#[test]
fn in_operands() {
    each! {
        |n| { Ok(n()? + 6) };
        |n| { Ok(6 + n()?) };
        |n| { Ok(!n()? & 7 | 1) };
        |n| { Ok(*&n()? + 6) };
        |n| { Ok((n()?) as u8 as usize + 6) };
        |n| { Ok(if n()? == 1 && n()? > 0 || n()? > 2 { 7 } else { 0 }) };
        |n| { Ok([0, 7][n()?]) };
        |n| { Ok([n()?, 7][1]) };
        |n| { Ok([7, n()?][0]) };
        |n| { Ok([n()?; 7].len()) };
        |n| { Ok((n()?, 7).1) };
        |n| { Ok((7, n()?).0) };
        |n| { Ok((n()?..8).count()) };
        |n| { Ok((0..n()? + 6).len()) };
        |n| { Ok([0; 8][n()?..].len()) };
        |n| { Ok([0; 9][1..=n()? + 6].len()) };
        |n| { Ok([n()?].map(|n| n + 6)[0]) };
        |n| { Ok(6_usize.max(n()? + 6)) };
        |n| { Ok(std::convert::identity(n()?) + 6) };
        |n| { Ok(n().map(|n| move || n + 6)?()) };
    }
}

#[test]
fn in_structs_and_assignments() {
    each! {
        |n| { Ok(Pair { first: n()?, second: 6 }.first + 6) };
        |n| { Ok(Pair { first: 6, ..n().map(|_| ONE_AND_TWO)? }.second + 5) };
        |n| { Ok(n().map(|_| ONE_AND_TWO)?.second + 5) };
        |n| { let mut pair = ONE_AND_TWO; pair.first = n()?; Ok(pair.first + 6) };
        |n| { let mut list = [0, 0]; list[n()?] = 7; Ok(list[1]) };
        |n| { let mut list = [0, 6]; list[1] += n()?; Ok(list[1]) };
        |n| { let (a, b); (a, b) = (n()?, 6); Ok(a + b) };
        |n| { let mut six = 6; *n().map(|_| &mut six)? += 1; Ok(six) };
    }
}

#[test]
fn in_statements() {
    each! {
        |n| { n()?; Ok(7) };
        |n| { let one: usize = n()?; Ok(one + 6) };
        |n| { let Some(one) = Some(n()?) else { return Ok(0) }; Ok(one + 6) };
        |n| { let Some(seven) = None else { return Ok(n()? + 6) }; Ok(seven) };
        |n| { let Some(_) = n()?.checked_sub(2) else { return Ok(7) }; Ok(0) };
        |n| { return Ok(n()? + 6) };
        |n| { Ok({ n()?; 7 }) };
        |n| { Ok('block: { break 'block n()? + 6 }) };
        |n| { 'block: { break 'block Ok(n()? + 6) } };
        |n| { { n()?; Ok(7) } };
        |n| { Ok(n().map(Ok::<usize, ParseIntError>)?? + 6) };
    }
}

/// Where a brace would end the statement.
#[test]
fn at_the_begin_of_a_statement() {
    each! {
        |n| { let seven = { n()? + 6 }; Ok(seven) };
        |n| { let is_seven = { n()? == 1 && true }; Ok(if is_seven { 7 } else { 0 }) };
        |n| { let range = { n()?..8 }; Ok(range.len()) };
        |n| { let range = { n()?..=7 }; Ok(range.count()) };
        |n| { let range = { n()?.. }; Ok(range.start + 6) };
        |n| { let seven = { n()? as u8 + 6 }; Ok(seven.into()) };
        |n| { let seven = { n()?.max(7) }; Ok(seven) };
        |n| { let seven = { n().map(|n| [0, n + 6])?[1] }; Ok(seven) };
        |n| { let seven = { n().map(|n| move || n + 6)?() }; Ok(seven) };
        |n| { let second = { n().map(|_| ONE_AND_TWO)?.second }; Ok(second + 5) };
        |n| { let mut list = [0, 6]; n().map(|_| &mut list)?[1] += 1; Ok(list[1]) };
        |n| { let mut pair = ONE_AND_TWO; n().map(|_| &mut pair)?.first = 7; Ok(pair.first) };
    }
}

#[test]
fn in_branches_and_loops() {
    each! {
        |n| { if n()? == 1 { Ok(7) } else { Ok(0) } };
        |n| { if n().is_ok() { Ok(n()? + 6) } else { n() } };
        |n| { if let 1 = n()? { Ok(7) } else { Ok(0) } };
        |n| { if n() == Ok(1) { Ok(7) } else { n()?; Ok(0) } };
        |n| { if false { Ok(0) } else if n()? == 1 { Ok(7) } else { Ok(0) } };
        |n| { match n()? { 1 => Ok(7), _ => Ok(0) } };
        |n| { match 0 { _ if n()? == 1 => Ok(7), _ => Ok(0) } };
        |n| { match 0 { _ => Ok(n()? + 6) } };
        |n| { while n()? != 1 {} Ok(7) };
        |n| { while let 2 = n()? {} Ok(7) };
        |n| { let mut sum = 0; while sum < 7 { sum += n()?; } Ok(sum) };
        |n| { let mut sum = 0; for k in 0..=n()? + 5 { sum = k + 1; } Ok(sum) };
        |n| { let mut sum = 0; for _ in 0..7 { sum += n()?; } Ok(sum) };
        |n| { Ok(loop { break n()? + 6 }) };
        |n| { let mut sum = 0; loop { sum += n()?; if sum == 7 { return Ok(sum) } } };
    }
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
