//! `with!` inside of std's macros, and other macros in a body.

use std::fmt::Write as _;

use cm_runtime::with;
use cm_tests::managers::{Log, Refused};

#[test]
fn nested_in_the_arguments_of_std_macros() {
    let log = Log::new();
    println!("{}", with! { log.plain("m") as text => { text.clone() } });
    assert_eq!(with! { log.plain("m") as text => { text.len() } }, 1);
    assert!(
        with! { log.plain("m") => { true } },
        "{}",
        with!(log.plain("m"), { 1 })
    );
    let text = format!(
        "{}-{n}",
        with! { log.plain("m") => { 1 } },
        n = with!(log.plain("m"), { 2 })
    );
    assert_eq!(text, "1-2");
    let list = vec![with! { log.plain("m") => { 1 } }, 2];
    let same = vec![with! { log.plain("m") => { 1 } }; 2];
    assert_eq!((list, same), (vec![1, 2], vec![1, 1]));
    assert!(matches!(with! { log.plain("m") => { Some(1) } }, Some(n) if n == 1));
    let mut out = String::new();
    write!(out, "{}", with! { log.plain("m") => { 1 } }).unwrap();
    assert_eq!(out, "1");
}

#[test]
fn leaves_of_a_with_in_the_arguments_of_std_macros() {
    fn run(log: &Log, text: &str) -> Result<String, std::num::ParseIntError> {
        let shown = format!(
            "{}",
            with! { log.plain("m") => {
                if text.is_empty() {
                    return Ok("nothing".into());
                }
                text.parse::<u8>()?
            } }
        );
        Ok(shown)
    }
    let log = Log::new();
    assert_eq!(run(&log, ""), Ok("nothing".into()));
    assert_eq!(run(&log, "1"), Ok("1".into()));
    assert!(run(&log, "x").is_err());
}

#[test]
fn leaves_in_std_macros_inside_a_body() {
    fn run(log: &Log, text: &str) -> Result<Vec<u8>, std::num::ParseIntError> {
        for _ in 0..1 {
            with! { log.plain("m") => {
                assert_ne!(text.parse::<u8>()?, 9, "at {}", text.parse::<u8>()?);
                assert!(text.parse::<u8>()? != 9);
                debug_assert!(text.parse::<u8>().is_ok());
                let shown = format!("{0} {n}", text.parse::<u8>()?, n = text.parse::<u8>()?);
                let bytes = vec![text.parse()?, if shown == "3 3" { break } else { 1 }];
                if matches!(text.parse::<u8>()?, 0 | 1) {
                    return Ok(bytes);
                }
                return Ok(vec![text.parse()?; 3]);
            } }
        }
        Ok(vec![])
    }
    let log = Log::new();
    assert_eq!(run(&log, "1"), Ok(vec![1, 1]));
    assert_eq!(run(&log, "2"), Ok(vec![2; 3]));
    assert_eq!(run(&log, "3"), Ok(vec![]));
    let _ = log.take();
    assert!(run(&log, "x").is_err());
    let told = "exit m: Failed(invalid digit found in string)";
    assert_eq!(log.take(), ["enter m", told]);
}

#[test]
fn nested_with_in_std_macros_inside_a_body() {
    fn run(log: &Log, text: &str) -> Result<usize, Refused> {
        with! { log.plain("a") => {
            assert_eq!(
                with! { log.plain("b") => {
                    if text.is_empty() {
                        return Err(Refused("empty"));
                    }
                    text.len()
                } },
                text.len()
            );
            let joined = format!("{text}{}", with!(b = log.plain("b"), { b.clone() }));
            Ok(joined.len())
        } }
    }
    let log = Log::new();
    assert_eq!(run(&log, "x"), Ok(2));
    let _ = log.take();
    assert_eq!(run(&log, ""), Err(Refused("empty")));
    let told = ["exit b: Failed(empty)", "exit a: Failed(empty)"];
    assert_eq!(log.take()[2..], told);
}

#[test]
fn a_local_macro_in_a_body_that_leaves_nothing() {
    macro_rules! add {
        ($($n:expr),*) => { 0 $(+ $n)* };
    }
    let log = Log::new();
    let sum = with! { log.plain("m") as text => { add!(1, 2, text.len()) } };
    assert_eq!(sum, 4);
    let sum = with! { log.plain("m") => {
        macro_rules! inner {
            () => { 5 };
        }
        inner!()
    } };
    assert_eq!(sum, 5);
    assert_eq!(log.take()[1], "exit m: End");
}

#[test]
fn a_local_macro_borrows_moves_and_assigns_like_plain_code() {
    macro_rules! run {
        ($($code:tt)*) => { $($code)* };
    }
    fn first(log: &Log, mut words: Vec<String>) -> Vec<String> {
        let last;
        with! { log.plain("m") => {
            run!(words.push("a".into()));
            run! { last = words; }
        } }
        last
    }
    assert_eq!(first(&Log::new(), vec![]), ["a"]);
}

/// Behind a `bail!` nothing is reached, wherever it stands: what it uses is not moved for what follows,
/// and it has any type.
#[test]
fn bail_in_every_position() {
    fn in_an_else(log: &Log, n: Option<u32>) -> anyhow::Result<u32> {
        with! { log.plain("m") => {
            let Some(n) = n else { anyhow::bail!("none"); };
            Ok(n)
        } }
    }
    fn in_arms(log: &Log, n: Option<u32>) -> anyhow::Result<u32> {
        with! { log.plain("m") => {
            let n = match n {
                Some(n) => n,
                None => { anyhow::bail!("none"); }
            };
            let y;
            match Some(n) {
                Some(n) => { y = n; }
                None => { anyhow::bail!("none"); }
            }
            Ok(y)
        } }
    }
    fn in_a_branch(log: &Log, n: Option<u32>) -> anyhow::Result<u32> {
        with! { log.plain("m") => {
            let n = if let Some(n) = n { n } else { anyhow::bail!("none") };
            Ok(n)
        } }
    }
    fn with_what_is_used_behind_it(log: &Log, n: Option<u32>) -> anyhow::Result<u32> {
        let error = anyhow::anyhow!("none");
        let text = String::from("7");
        with! { log.plain("m") => {
            if n.is_none() {
                anyhow::bail!(error);
            }
            if n == Some(8) {
                anyhow::bail!(text)
            }
            drop(error);
            Ok(n.map_or(0, |n| n * u32::from(text == "7")))
        } }
    }
    fn at_the_end(log: &Log, n: Option<u32>) -> anyhow::Result<u32> {
        with! { log.plain("m"), log.plain("n") => {
            if let Some(n) = n {
                return Ok(n);
            }
            anyhow::bail!("none");
        } }
    }
    let functions = [
        in_an_else,
        in_arms,
        in_a_branch,
        with_what_is_used_behind_it,
        at_the_end,
    ];
    for function in functions {
        let log = Log::new();
        assert_eq!(function(&log, Some(7)).unwrap(), 7);
        assert_eq!(function(&log, None).unwrap_err().to_string(), "none");
        let exits = log
            .take()
            .into_iter()
            .filter(|line| line.starts_with("exit"));
        assert!(exits.last().unwrap().contains("Failed"));
    }
}

#[test]
fn a_bail_that_goes_on() {
    macro_rules! bail {
        () => {};
    }
    let goes_on = || with! { Log::new().plain("m") => { bail!(); } };
    let panic = std::panic::catch_unwind(goes_on).unwrap_err();
    let message = panic.downcast_ref::<&str>().unwrap();
    assert!(message.contains("give it another name"), "{message}");
}

/// They show the code as it was written.
#[test]
fn texts_of_asserted_conditions() {
    fn message(run: impl FnOnce() -> Result<(), std::num::ParseIntError>) -> String {
        let run = std::panic::AssertUnwindSafe(run);
        let panic = std::panic::catch_unwind(run).unwrap_err();
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.unwrap_or_else(|| *panic.downcast::<String>().unwrap())
    }
    let parse = |text: &str| text.parse::<u8>();
    let log = Log::new();
    let plain = message(|| {
        assert!(parse("1")? == 2 && "{}".is_empty());
        Ok(())
    });
    let block = message(|| {
        with! { log.plain("m") => { assert!(parse("1")? == 2 && "{}".is_empty()); } }
        Ok(())
    });
    // But for the spaces.
    assert_eq!(block.replace(' ', ""), plain.replace(' ', ""));
    let block = message(|| {
        with! { log.plain("m") => { debug_assert!(parse("1")? == 2, "{} and {}", parse("3")?, 4); } }
        Ok(())
    });
    assert_eq!(block, "3 and 4");
    let block = message(|| {
        with! { log.plain("m") => { assert!(with! { log.plain("n") => { parse("1")? == 2 } },); } }
        Ok(())
    });
    assert!(!block.contains("__private"), "{block}");
}

#[test]
fn dbg_gives_its_values() {
    fn run(log: &Log) -> Result<(u8, String), std::num::ParseIntError> {
        with! { log.plain("m") as text => {
            let one = dbg!("1".parse::<u8>()?);
            let (two, three) = dbg!("2".parse::<u8>()?, "3".parse::<u8>()?);
            let owned = dbg!(text.clone() + &"4".parse::<u8>()?.to_string());
            Ok((one + two + three, owned))
        } }
    }
    assert_eq!(run(&Log::new()), Ok((6, "m4".to_owned())));
}

/// What the message of an `ensure!` uses is there for what follows, where the condition holds.
#[test]
fn ensure_with_what_is_used_behind_it() {
    fn run(log: &Log, text: &str) -> anyhow::Result<u8> {
        let error = anyhow::anyhow!("too small");
        let owned = text.to_owned();
        with! { log.plain("m"), log.plain("n") => {
            anyhow::ensure!(text.parse::<u8>()? > 1, error);
            anyhow::ensure!(text != "3", owned);
            anyhow::ensure!(text != "4", "{} is {owned}", "5".parse::<u8>()? - 1);
            anyhow::ensure!(text != "6");
            drop(error);
            Ok(owned.parse()?)
        } }
    }
    let log = Log::new();
    assert_eq!(run(&log, "2").unwrap(), 2);
    for (text, error) in [
        ("1", "too small"),
        ("3", "3"),
        ("4", "4 is 4"),
        ("x", "invalid digit"),
    ] {
        log.take().clear();
        let said = run(&log, text).unwrap_err().to_string();
        assert!(said.starts_with(error), "{said}");
        let exits = log
            .take()
            .into_iter()
            .filter(|line| line.starts_with("exit"));
        assert!(exits.last().unwrap().contains("Failed"));
    }
    let said = run(&log, "6").unwrap_err().to_string();
    assert!(said.contains("text != \"6\""), "{said}");
}

#[test]
fn a_leave_in_the_condition_of_matches() {
    fn run(log: &Log, text: &str) -> Result<bool, std::num::ParseIntError> {
        let stopped = with! { log.plain("try") => try {
            matches!(Some(1), Some(n) if n == text.parse::<u8>()?)
        } };
        let found = with! { log.plain("m") => {
            matches!(Some(1), Some(n) | Some(n) if n == text.parse::<u8>()?,)
        } };
        assert_eq!(stopped, Ok(found));
        Ok(found)
    }
    let log = Log::new();
    assert_eq!([run(&log, "1"), run(&log, "2")], [Ok(true), Ok(false)]);
    let log = Log::new();
    assert!(run(&log, "x").is_err());
    let told = [
        "enter try",
        "exit try: Failed(invalid digit found in string)",
        "enter m",
        "exit m: Failed(invalid digit found in string)",
    ];
    assert_eq!(log.take(), told);
}

/// What `pin!` borrows lives as long as the variable that it is bound to.
#[test]
fn a_leave_in_a_pin() {
    fn run(text: &str) -> Result<u8, std::num::ParseIntError> {
        with! { Log::new().plain("m") => {
            let pinned = std::pin::pin!(text.parse::<u8>()?);
            Ok(*pinned + 1)
        } }
    }
    assert_eq!(run("1"), Ok(2));
    assert!(run("x").is_err());
}

/// A macro that shows a `return`, and is only left by it: what it ends has any type, as in a plain block.
#[test]
fn a_macro_that_does_not_come_back() {
    macro_rules! forever {
        ($count:ident, $leave:expr) => {
            loop {
                $count += 1;
                if $count > 2 {
                    $leave
                }
            }
        };
    }
    fn whole(log: &Log) -> u8 {
        let mut count = 0;
        with! { log.plain("m") => {
            forever!(count, { return count });
        } }
    }
    fn branch(log: &Log, value: Option<u8>) -> Result<u8, String> {
        let mut count = 0;
        with! { log.plain("m") => {
            let value = if let Some(value) = value {
                value
            } else {
                forever!(count, { return Err(count.to_string()) });
            };
            Ok(value)
        } }
    }
    let log = Log::new();
    assert_eq!(whole(&log), 3);
    assert_eq!(log.take(), ["enter m", "exit m: Return"]);
    assert_eq!(branch(&log, Some(1)), Ok(1));
    assert_eq!(log.take(), ["enter m", "exit m: End"]);
    assert_eq!(branch(&log, None), Err("3".into()));
    assert_eq!(log.take(), ["enter m", "exit m: Failed"]);
}

/// What leaves in the value of a static leaves a function there, and the static is for the statements behind it.
#[test]
fn a_static_of_a_thread() {
    let first = with! { Log::new().plain("m") => {
        thread_local! {
            static FIRST: Option<char> = (|| Some(std::env::args().next()?.chars().next()?))();
        }
        FIRST.with(Option::is_some)
    } };
    assert!(first);
}
