//! `with!` inside of a `macro_rules!`: what that has matched, and passes through.

use cm_runtime::with;
use cm_tests::managers::{Log, Refused};

macro_rules! with_block {
    ($manager:expr, $body:block) => {
        with! { $manager => $body }
    };
    ($manager:expr => $name:ident, $body:block) => {
        with! { $manager as $name => $body }
    };
}

macro_rules! with_tokens {
    ($manager:expr, $name:ident, { $($body:tt)* }) => {
        with! { $manager as $name => { $($body)* } }
    };
    (pattern $pattern:pat = $manager:expr; $($body:tt)*) => {
        with!($pattern = $manager, { $($body)* })
    };
}

macro_rules! all_tokens {
    ($($tokens:tt)*) => { with! { $($tokens)* } };
}

macro_rules! with_statement {
    ($log:expr, $value:expr, $ty:ty) => {
        with! { $log.plain("m") as text => {
            let value: $ty = $value;
            if value == 0 {
                return None;
            }
            Some(value + <$ty>::from(text.is_empty()))
        } }
    };
}

#[test]
fn body_passed_through_as_a_block_fragment() {
    fn run(log: &Log, text: &str) -> Result<usize, std::num::ParseIntError> {
        let mut sum = 0;
        for turn in 0..3 {
            with_block!(log.plain("m"), {
                if turn == 1 {
                    continue;
                }
                sum += text.parse::<usize>()?;
                if sum > 100 {
                    return Ok(100);
                }
            });
        }
        Ok(sum)
    }
    let log = Log::new();
    assert_eq!(run(&log, "3"), Ok(6));
    let exits: Vec<_> = log
        .take()
        .into_iter()
        .filter(|l| l.contains("exit"))
        .collect();
    assert_eq!(exits, ["exit m: End", "exit m: Continue", "exit m: End"]);
    assert_eq!(run(&log, "101"), Ok(100));
    let _ = log.take();
    assert!(run(&log, "x").is_err());
    assert!(log.take()[1].starts_with("exit m: Failed(invalid"));
}

#[test]
fn block_fragment_uses_the_binding() {
    let log = Log::new();
    let n = with_block!(log.plain("m") => text, { text.len() });
    assert_eq!(n, 1);
}

#[test]
fn question_mark_at_the_end_of_an_expression_fragment() {
    fn run(log: &Log, exit: Result<(), Refused>) -> Result<u8, Refused> {
        let manager = log.fallible("m");
        let manager = match exit {
            Ok(()) => manager,
            Err(Refused(why)) => manager.refusing_exit(why),
        };
        let n: u8 = with_block!(manager?, { 1 });
        Ok(n)
    }
    assert_eq!(run(&Log::new(), Ok(())), Ok(1));
    assert_eq!(run(&Log::new(), Err(Refused("exit"))), Err(Refused("exit")));
}

#[test]
fn body_passed_through_as_tokens() {
    fn run(log: &Log, text: &str) -> Result<usize, std::num::ParseIntError> {
        let len = with_tokens!(log.plain("m"), buffer, {
            if text.is_empty() {
                return Ok(0);
            }
            text.parse::<u8>()?;
            buffer.push_str(text);
            buffer.len()
        });
        Ok(len)
    }
    let log = Log::new();
    assert_eq!(run(&log, "12"), Ok(3));
    assert_eq!(run(&log, ""), Ok(0));
    assert!(run(&log, "x").is_err());
    let n = with_tokens!(pattern text = log.plain("m"); text.push('x'); text.len());
    assert_eq!(n, 2);
}

#[test]
fn everything_passed_through_as_tokens() {
    let log = Log::new();
    let n = all_tokens! { log.plain("a") as a, log.plain("b") as b => { a.len() + b.len() } };
    let m = all_tokens!(a = log.plain("a"), { a.len() });
    assert_eq!((n, m), (2, 1));
}

#[test]
fn expression_and_type_fragments_in_a_body() {
    fn run(log: &Log, n: u8) -> Option<u8> {
        with_statement!(log, n - 1, u8)
    }
    let log = Log::new();
    assert_eq!((run(&log, 1), run(&log, 3)), (None, Some(2)));
    assert_eq!(log.take()[1], "exit m: Return");
}

/// A fragment stays together, also behind an operator that follows another token of punctuation.
#[test]
fn expression_fragment_behind_a_question_mark() {
    macro_rules! less {
        ($log:expr, $text:expr, $less:expr) => {
            with! { $log.plain("m") => {
                $text.parse::<u8>()? - $less
            } }
        };
    }
    fn run(log: &Log) -> Result<u8, std::num::ParseIntError> {
        Ok(less!(log, "5", 2 - 1))
    }
    assert_eq!(run(&Log::new()), Ok(4));
}

/// What is a statement by itself needs no comma behind it as an arm, either.
#[test]
fn expression_fragment_as_an_arm() {
    macro_rules! chosen {
        ($log:expr, $of:expr, $one:expr) => {
            with! { $log.plain("m") => { match $of { 1 => $one _ => 0 } } }
        };
    }
    let log = Log::new();
    let chosen = |n: u8| chosen!(log, n, if log.take().is_empty() { 5 } else { 6 });
    assert_eq!((chosen(1), chosen(2)), (6, 0));
}

#[test]
fn expression_fragment_with_a_leave() {
    macro_rules! entered {
        ($log:expr, $value:expr) => {
            with! { $log.plain("m") => { $value } }
        };
    }
    fn run(log: &Log, text: &str) -> Result<u8, std::num::ParseIntError> {
        let n: u8 = entered!(log, text.parse()?);
        entered!(log, return Ok(n))
    }
    let log = Log::new();
    assert_eq!(run(&log, "1"), Ok(1));
    assert_eq!(
        log.take(),
        ["enter m", "exit m: End", "enter m", "exit m: Return"]
    );
    assert!(run(&log, "x").is_err());
    assert!(log.take()[1].starts_with("exit m: Failed(invalid"));
}

#[test]
fn labels_and_names_of_macro_rules_stay_apart() {
    macro_rules! twice {
        ($log:expr, $value:ident, $body:block) => {{
            let value = 10;
            let mut sum = 0;
            'outer: for $value in 0..2 {
                with! { $log.plain("m") => {
                    sum += $body;
                    if $value == value {
                        break 'outer;
                    }
                } }
            }
            sum
        }};
    }
    let log = Log::new();
    assert_eq!(twice!(log, value, { value + 1 }), 3);
    assert_eq!(twice!(log, other, { other + 1 }), 3);
}

/// Alternatives that a `macro_rules!` has matched stay one pattern.
#[test]
fn alternatives_of_a_macro() {
    macro_rules! bound {
        ($n:expr, $p:pat) => {
            with! { Log::new().plain("m") => { if let found @ $p = $n { found } else { 9 } } }
        };
    }
    assert_eq!((bound!(2, 1 | 2), bound!(3, 1 | 2)), (2, 9));
}
