//! What the expansion has to get right, case by case.

use std::error::Error;
use std::fmt;

use cm_runtime::with;
use cm_tests::managers::{Log, Refused};

fn exit_of(log: &Log) -> String {
    log.take().pop().unwrap()
}

#[test]
fn what_is_a_failure_and_what_is_not() {
    fn generic<T>(log: &Log, value: T) -> T {
        with! { log.plain("m") => { value } }
    }
    fn projected<I: Iterator>(log: &Log, mut items: I) -> Option<I::Item> {
        let item = items.next()?;
        Some(with! { log.plain("m") => { item } })
    }
    fn opaque() -> impl fmt::Debug {
        7
    }
    #[derive(Debug)]
    struct NoError;

    let log = Log::new();
    with! { log.plain("m") => {} }
    assert_eq!(exit_of(&log), "exit m: End");
    let _ = with! { log.plain("m") => { 7 } };
    assert_eq!(exit_of(&log), "exit m: End");
    let _ = with! { log.plain("m") => { 0.5 } };
    assert_eq!(exit_of(&log), "exit m: End");
    let _ = with! { log.plain("m") => { None::<u8> } };
    assert_eq!(
        exit_of(&log),
        "exit m: End",
        "`None` as a value is no failure"
    );
    let _ = with! { log.plain("m") => { Some(1) } };
    assert_eq!(exit_of(&log), "exit m: End");
    let _ = with! { log.plain("m") => { opaque() } };
    assert_eq!(exit_of(&log), "exit m: End");
    let _ = with! { log.plain("m") => { Box::new(7) as Box<dyn fmt::Debug> } };
    assert_eq!(exit_of(&log), "exit m: End");
    let _ = with! { log.plain("m") => { Refused("a value") } };
    assert_eq!(
        exit_of(&log),
        "exit m: End",
        "an error that is a value is no failure"
    );
    let _ = with! { log.plain("m") => { Ok::<_, Refused>(1) } };
    assert_eq!(exit_of(&log), "exit m: End");
    let _ = with! { log.plain("m") => { Err::<u8, _>(Refused("no")) } };
    assert_eq!(exit_of(&log), "exit m: Failed(no)");
    let _ = with! { log.plain("m") => { Err::<u8, _>("text") } };
    assert_eq!(exit_of(&log), "exit m: Failed");
    let _ = with! { log.plain("m") => { Err::<u8, _>(NoError) } };
    assert_eq!(exit_of(&log), "exit m: Failed");
    let _ = with! { log.plain("m") => { Err::<u8, ()>(()) } };
    assert_eq!(exit_of(&log), "exit m: Failed");
    let _ = with! { log.plain("m") => { Err::<(), _>(Box::<dyn Error>::from("boxed")) } };
    assert_eq!(exit_of(&log), "exit m: Failed(boxed)");
    let boxed = || Box::<dyn Error + Send + Sync>::from("boxed");
    let _ = with! { log.plain("m") => { Err::<(), _>(boxed()) } };
    assert_eq!(exit_of(&log), "exit m: Failed(boxed)");
    let _ = with! { log.plain("m") => { Err::<(), _>(Box::new(Refused("in a box"))) } };
    assert_eq!(exit_of(&log), "exit m: Failed(in a box)");
    let _ = with! { log.plain("m") => { Err::<(), _>(anyhow::anyhow!("any")) } };
    assert_eq!(exit_of(&log), "exit m: Failed(any)");
    let _ = generic(&log, 1);
    assert_eq!(exit_of(&log), "exit m: End");
    let _ = projected(&log, [1].into_iter());
    assert_eq!(exit_of(&log), "exit m: End");
}

#[test]
fn returned_results_are_judged_like_values() {
    fn run<'s>(log: &Log, how: &'s str) -> Result<&'s str, Box<dyn Error>> {
        with! { log.plain("m") => {
            match how {
                "ok" => return Ok(how),
                "err" => return Err("bad".into()),
                other => return other.parse::<u8>().map(|_| other).map_err(Into::into),
            }
        } }
    }
    let log = Log::new();
    for (how, told) in [
        ("ok", "Return"),
        ("err", "Failed(bad)"),
        ("7", "Return"),
        ("x", "Failed(invalid digit found in string)"),
    ] {
        let _ = run(&log, how);
        assert_eq!(exit_of(&log), format!("exit m: {told}"));
    }
}

#[test]
fn open_types_are_never_steered() {
    let log = Log::new();
    let value = with! { log.plain("m") => { Default::default() } };
    let result: Result<u8, Refused> = with! { log.plain("m") => {
        let parsed = "7".parse();
        parsed.map_err(|_: std::num::ParseIntError| Refused("no"))
    } };
    let text: String = value;
    assert_eq!((text.len(), result), (0, Ok(7)));
    let later;
    with! { log.plain("m") => { later = Default::default(); } }
    let later: Option<u8> = later;
    assert_eq!(later, None);
}

#[test]
fn errors_that_borrow_what_the_body_owns_are_converted_first() {
    #[derive(Debug, PartialEq)]
    struct App(String);
    impl From<std::str::Utf8Error> for App {
        fn from(error: std::str::Utf8Error) -> Self {
            App(error.to_string())
        }
    }
    struct Borrowed<'a>(&'a str);
    impl From<Borrowed<'_>> for App {
        fn from(error: Borrowed<'_>) -> Self {
            App(error.0.into())
        }
    }
    fn check(s: &str) -> Result<(), Borrowed<'_>> {
        Err(Borrowed(s))
    }
    fn run(log: &Log) -> Result<(), App> {
        with! { log.plain("m") => {
            let owned = String::from("owned");
            check(&owned).map_err(App::from)?;
        } }
        Ok(())
    }
    assert_eq!(run(&Log::new()), Err(App("owned".into())));
}

#[test]
fn an_exit_that_cannot_fail_replaces_no_leave() {
    fn plain(log: &Log, s: String, c: u8) -> String {
        for _ in 0..2 {
            with! { log.plain("a"), log.plain("b") => {
                if c == 1 {
                    return s;
                }
            } }
        }
        s
    }
    fn diverges(log: &Log, s: String) -> String {
        with! { log.plain("m") => {
            return s;
        } }
    }
    fn raised(log: &Log, s: String) -> Result<String, Refused> {
        with! { log.fallible("m")? => {
            if s.is_empty() {
                drop(s);
                return Err(Refused("empty"));
            }
        } }
        Ok(s)
    }
    assert_eq!(plain(&Log::new(), "s".into(), 1), "s");
    assert_eq!(plain(&Log::new(), "s".into(), 2), "s");
    assert_eq!(diverges(&Log::new(), "s".into()), "s");
    assert_eq!(raised(&Log::new(), "s".into()), Ok("s".into()));
    assert!(raised(&Log::new(), String::new()).is_err());
}

#[test]
fn header_question_mark_where_the_manager_cannot_fail() {
    #[derive(Debug, PartialEq)]
    struct OnlyThis(&'static str);
    fn lock(log: &Log, ok: bool) -> Result<cm_tests::managers::Plain, OnlyThis> {
        if ok {
            Ok(log.plain("m"))
        } else {
            Err(OnlyThis("taken"))
        }
    }
    fn run(log: &Log, ok: bool) -> Result<usize, OnlyThis> {
        let n = with! { log.plain("o"), lock(log, ok)? as text => { text.len() } };
        Ok(n)
    }
    let log = Log::new();
    assert_eq!(run(&log, true), Ok(1));
    let _ = log.take();
    assert_eq!(run(&log, false), Err(OnlyThis("taken")));
    assert_eq!(log.take(), ["enter o", "exit o: Failed"]);
}

#[test]
fn header_question_mark_on_a_manager_and_on_a_result_of_one() {
    fn open(log: &Log, ok: bool) -> Result<cm_tests::managers::Fallible, Refused> {
        if ok {
            Ok(log.fallible("m"))
        } else {
            Err(Refused("closed"))
        }
    }
    fn of_a_result(log: &Log, ok: bool) -> Result<usize, Box<dyn Error>> {
        Ok(with! { open(log, ok)? as value => { value.len() } })
    }
    fn of_a_manager(log: &Log) -> Result<usize, Refused> {
        Ok(with! { log.fallible("m")? as value => { value.len() } })
    }
    fn in_parentheses(log: &Log, ok: bool) -> Result<usize, Refused> {
        #[deny(unused_parens, reason = "these say that the `?` is an ordinary one")]
        let block: Result<usize, Refused> = with! { (open(log, ok)?) as value => { value.len() } };
        block
    }
    let log = Log::new();
    assert_eq!(of_a_result(&log, true).unwrap(), 5);
    assert_eq!(of_a_result(&log, false).unwrap_err().to_string(), "closed");
    assert_eq!(of_a_manager(&log), Ok(5));
    assert_eq!(in_parentheses(&log, true), Ok(5));
    assert_eq!(in_parentheses(&log, false), Err(Refused("closed")));
}

#[test]
fn the_bodys_own_braces_and_no_unused_warnings() {
    #![deny(warnings)]
    fn run(log: &Log) -> u8 {
        let n = with! { log.plain("m") => { 1 } };
        with! { log.plain("m") as _text => { n } }
    }
    assert_eq!(run(&Log::new()), 1);
}

#[test]
fn diverging_bodies() {
    fn statement(log: &Log) -> i32 {
        with! { log.plain("m") => { return 5; } };
    }
    fn braces(log: &Log) -> i32 {
        with! { log.plain("m") => { return 5; } }
    }
    fn value(log: &Log) -> i32 {
        with! { log.plain("m") => { return 5 } }
    }
    fn let_else(log: &Log, n: Option<i32>) -> i32 {
        let Some(n) = n else {
            with! { log.plain("m") => { return 7; } };
        };
        n
    }
    fn let_else_braces(log: &Log, n: Option<i32>) -> i32 {
        let Some(n) = n else {
            with! { log.plain("m") => { return 7; } }
        };
        n
    }
    fn both_branches(log: &Log, c: bool) -> i32 {
        with! { log.plain("m") => {
            if c {
                return 1;
            } else {
                return 2;
            }
        } }
    }
    fn nested(log: &Log) -> i32 {
        with! { log.plain("a") => {
            with! { log.plain("b") => {
                return 5;
            } }
        } };
    }
    fn two(log: &Log) -> i32 {
        with! { log.plain("a"), log.plain("b") => {
            return 5;
        } };
    }
    fn fallible(log: &Log) -> Result<i32, Refused> {
        with! { log.fallible("m")? => {
            return Ok(5);
        } };
    }
    fn panics(log: &Log) -> i32 {
        with! { log.plain("m") => {
            std::panic::resume_unwind(Box::new(()));
        } };
    }
    fn loops(log: &Log) -> i32 {
        with! { log.plain("m") => {
            loop {
                return 5;
            }
        } };
    }
    fn breaks(log: &Log) -> i32 {
        loop {
            let _: i32 = with! { log.plain("m") => { break 5 } };
        }
    }
    fn question(log: &Log) -> Result<i32, Refused> {
        with! { log.plain("m") => {
            return Err(Refused("x"))?;
        } };
    }
    let log = Log::new();
    assert_eq!(
        [statement, braces, value, nested, two, loops, breaks].map(|f| f(&log)),
        [5; 7]
    );
    assert_eq!((let_else(&log, None), let_else(&log, Some(1))), (7, 1));
    assert_eq!(
        (let_else_braces(&log, None), let_else_braces(&log, Some(1))),
        (7, 1)
    );
    assert_eq!(
        (both_branches(&log, true), both_branches(&log, false)),
        (1, 2)
    );
    assert_eq!(fallible(&log), Ok(5));
    assert_eq!(question(&log), Err(Refused("x")));
    let panics = std::panic::AssertUnwindSafe(|| panics(&log));
    assert!(std::panic::catch_unwind(panics).is_err());
}

#[test]
fn unlabelled_jumps_in_labelled_blocks_of_the_user() {
    let mut turns = 0;
    let found = 'outer: {
        loop {
            turns += 1;
            with! { Log::new().plain("a"), Log::new().plain("b") => {
                if turns == 1 {
                    continue;
                }
                if turns == 3 {
                    break 'outer "outer";
                }
                if turns == 4 {
                    break;
                }
            } }
        }
        "end"
    };
    assert_eq!((found, turns), ("outer", 3));
}

#[test]
fn leaves_in_the_header() {
    fn run(log: &Log, how: u8) -> Result<u8, Refused> {
        #[allow(clippy::never_loop, reason = "one turn is enough to leave it")]
        loop {
            with! {
                log.plain("a"),
                match how {
                    0 => return Ok(0),
                    1 => (Err(Refused("one"))?),
                    2 => break,
                    _ => log.plain("b"),
                } => {
                return Ok(9);
            } }
        }
        Ok(2)
    }
    let log = Log::new();
    for (how, result, told) in [
        (0, Ok(0), "Return"),
        (1, Err(Refused("one")), "Failed(one)"),
        (2, Ok(2), "Break"),
        (3, Ok(9), "Return"),
    ] {
        assert_eq!(run(&log, how), result);
        assert_eq!(exit_of(&log), format!("exit a: {told}"));
    }
}

#[test]
fn leaves_in_the_header_of_an_inner_block() {
    fn run(log: &Log, ok: bool) -> Result<u8, Refused> {
        with! { log.plain("a") => {
            with! { (if ok { Ok(log.plain("b")) } else { Err(Refused("no")) })? => {
                return Ok(1);
            } }
        } }
    }
    let log = Log::new();
    assert_eq!(run(&log, true), Ok(1));
    let _ = log.take();
    assert_eq!(run(&log, false), Err(Refused("no")));
    assert_eq!(log.take(), ["enter a", "exit a: Failed(no)"]);
}

/// Each `?` has a label of its own, inside of that of the next one. The compiler has to have the stack for that.
#[test]
fn hundreds_of_question_marks() {
    macro_rules! by_ten {
        (($($manager:tt)*) ($($tens:tt)*) $text:expr, $sum:ident) => {
            by_ten!(@ ($($manager)*) ($(($tens 1 2 3 4 5 6 7 8 9))*) $text, $sum)
        };
        (@ ($($manager:tt)*) ($(($($one:tt)*))*) $text:expr, $sum:ident) => {
            with! { $($manager)* => {
                $($(
                    let _ = $one;
                    $sum += $text.parse::<u32>()?;
                )*)*
            } }
        };
    }
    fn run(log: &Log, text: &str) -> Result<u32, std::num::ParseIntError> {
        let mut sum = 0;
        by_ten!((log.plain("m"))
            (1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30)
            text, sum);
        Ok(sum)
    }
    let log = Log::new();
    assert_eq!(run(&log, "1"), Ok(300));
    assert_eq!(exit_of(&log), "exit m: End");
    assert!(run(&log, "x").is_err());
}
