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
