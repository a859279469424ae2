//! Bodies that infer as in a plain block, however late their type is fixed.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Debug;
use std::marker::PhantomData;
use std::num::ParseIntError;
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use cm_runtime::with;
use cm_tests::managers::{Log, Refused};

#[test]
fn parse_with_question_mark() {
    fn annotated(log: &Log, s: &str) -> Result<u8, ParseIntError> {
        let n: u8 = with! { log.plain("m") => { s.parse()? } };
        Ok(n)
    }
    fn used_later(log: &Log, s: &str) -> Result<u8, ParseIntError> {
        let n = with! { log.plain("m") => { s.parse()? } };
        Ok(n)
    }
    fn by_the_function(log: &Log, s: &str) -> Result<u8, ParseIntError> {
        with! { log.plain("m") => { Ok(s.parse()?) } }
    }
    fn value(log: &Log, s: &str) -> Result<u8, ParseIntError> {
        with! { log.plain("m") => { s.parse() } }
    }
    let log = Log::new();
    for f in [annotated, used_later, by_the_function, value] {
        assert_eq!(f(&log, "7"), Ok(7));
        assert_eq!(log.take(), ["enter m", "exit m: End"]);
        assert!(f(&log, "x").is_err());
        let told = "exit m: Failed(invalid digit found in string)";
        assert_eq!(log.take(), ["enter m", told]);
    }
}

#[test]
fn value_fixed_to_a_result_by_later_use() {
    let log = Log::new();
    let parsed = with! { log.plain("m") => { "x".parse() } };
    let parsed: Result<u8, _> = parsed;
    assert!(parsed.is_err());
    assert_eq!(
        log.take()[1],
        "exit m: Failed(invalid digit found in string)"
    );
}

#[test]
fn collect_into_what_is_asked_for() {
    let log = Log::new();
    let squares: Vec<_> = with! { log.plain("m") => { (1..4).map(|n| n * n).collect() } };
    assert_eq!(squares, [1, 4, 9]);
    let later = with! { log.plain("m") => { ["a", "b"].iter().enumerate().collect() } };
    let later: BTreeMap<usize, &&str> = later;
    assert_eq!(later.len(), 2);
    let results: Result<Vec<u8>, _> =
        with! { log.plain("m") => { ["1", "x"].iter().map(|s| s.parse()).collect() } };
    assert!(results.is_err());
    assert!(log.take()[5].contains("Failed"));
}

#[test]
fn default_and_into() {
    fn take(s: String, v: Vec<u8>, n: u64, o: Option<u8>) -> bool {
        s.is_empty() && v.is_empty() && n == 7 && o.is_none()
    }
    let log = Log::new();
    let s = with! { log.plain("m") => { Default::default() } };
    let v: Vec<u8> = with! { log.plain("a"), log.plain("b") => { Default::default() } };
    let n = with! { log.plain("m") => { 7u8.into() } };
    let o = with! { log.plain("m") => { None } };
    assert!(take(s, v, n, o));
}

#[test]
fn default_with_leaves_beside_it() {
    fn run<T: Default>(log: &Log, text: &str) -> Result<T, ParseIntError> {
        let value = with! { log.plain("m") => {
            if text.is_empty() {
                return Ok(T::default());
            }
            let _: u8 = text.parse()?;
            Default::default()
        } };
        Ok(value)
    }
    assert_eq!(run::<u8>(&Log::new(), ""), Ok(0));
    assert_eq!(run::<String>(&Log::new(), "1"), Ok(String::new()));
    assert!(run::<()>(&Log::new(), "x").is_err());
}

#[test]
fn integer_and_float_fallback() {
    let log = Log::new();
    let i = with! { log.plain("m") => { 7 } };
    let f = with! { log.plain("m") => { 0.5 } };
    let u: u64 = with! { log.plain("m") => { 1 << 40 } };
    assert_eq!((size_of_val(&i), size_of_val(&f), u >> 40), (4, 8, 1));
    assert_eq!(log.take()[1], "exit m: End");
}

#[test]
fn literal_used_later_as_another_type() {
    let n = with! { Log::new().plain("m") => { 200 } };
    let byte: u8 = n;
    assert_eq!(byte, 200);
}

#[test]
fn unannotated_closures() {
    let log = Log::new();
    let add = with! { log.plain("m") as text => {
        let len = text.len();
        move |n| n + len
    } };
    assert_eq!(add(2), 3);
    let mut words = ["bb", "a"];
    with! { log.plain("m") => { words.sort_by_key(|w| w.len()) } }
    assert_eq!(words, ["a", "bb"]);
    let pick = with! { log.plain("m") => {
        |s| {
            let s: &str = s;
            s.len()
        }
    } };
    assert_eq!(pick("abc"), 3);
}

#[test]
fn body_inside_an_unannotated_closure() {
    let log = Log::new();
    let parse = |s: &str| {
        with! { log.plain("m") => {
            if s.is_empty() {
                return Ok(0);
            }
            s.parse::<u8>()
        } }
    };
    assert_eq!((parse(""), parse("3")), (Ok(0), Ok(3)));
    let question = |s: &str| {
        let n = with! { log.plain("m") => { s.parse::<u8>()? } };
        Ok::<_, ParseIntError>(n + 1)
    };
    assert_eq!(question("3"), Ok(4));
    assert!(question("x").is_err());
    let doubled: Vec<u8> = ["1", "2"]
        .iter()
        .map(|s| with! { log.plain("m") => { s.parse::<u8>().unwrap() * 2 } })
        .collect();
    assert_eq!(doubled, [2, 4]);
}

#[test]
fn arithmetic_in_closures_without_types() {
    let log = Log::new();
    let next = |n| with! { log.plain("m") => { n + 1 } };
    assert_eq!(next(5), 6);
    let either = |a, b| {
        with! { log.plain("a"), log.plain("b") => {
            if a > 3 {
                return a + b;
            }
            a * b
        } }
    };
    assert_eq!((either(5, 6), either(2, 3)), (11, 6));
    let fallible = |n| Ok::<_, Refused>(with! { log.fallible("m")? => { n * 2 } });
    assert_eq!(fallible(2), Ok(4));
    let counted = |n| {
        let mut seen = 0;
        loop {
            let sum = with! { log.plain("m") => {
                if seen > 2 {
                    break seen * n;
                }
                if seen == 1 {
                    seen += 1;
                    continue;
                }
                n + 2
            } };
            assert_eq!(sum, 6);
            seen += 1;
        }
    };
    assert_eq!(counted(4), 12);
    let shown = |n| format!("{}", with! { log.plain("m") => catch { n + 1 } });
    assert_eq!(shown(5), "6");
}

#[test]
fn async_blocks() {
    let log = Log::new();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let spawned = {
        let log = log.clone();
        runtime.spawn(async move {
            let text = with! { log.plain("m") as text => {
                tokio::task::yield_now().await;
                text.clone()
            } };
            text.len()
        })
    };
    assert_eq!(runtime.block_on(spawned).unwrap(), 1);
    let fallible = async {
        let n = with! { log.plain("m") => { "x".parse::<u8>()? } };
        Ok::<_, ParseIntError>(n)
    };
    assert!(runtime.block_on(fallible).is_err());
    let spawned_inside = with! { log.plain("m") => {
        runtime.spawn(async { "7".parse() })
    } };
    let number: Result<u8, ParseIntError> = runtime.block_on(spawned_inside).unwrap();
    assert_eq!(number, Ok(7));
}

#[test]
fn generic_values() {
    fn same<T>(log: &Log, value: T) -> T {
        with! { log.plain("m") => { value } }
    }
    fn parse<T: FromStr>(log: &Log, s: &str) -> Result<T, T::Err> {
        with! { log.plain("m") => {
            if s.is_empty() {
                return "0".parse();
            }
            let value = s.parse()?;
            Ok(value)
        } }
    }
    fn first<I: IntoIterator>(log: &Log, items: I) -> Option<I::Item> {
        with! { log.plain("m") => { items.into_iter().next() } }
    }
    fn item<I: IntoIterator>(log: &Log, items: I) -> I::Item
    where
        I::Item: Debug,
    {
        with! { log.plain("m") => { items.into_iter().next().unwrap() } }
    }
    let log = Log::new();
    assert_eq!(same(&log, "x"), "x");
    assert_eq!(parse::<u8>(&log, ""), Ok(0));
    assert!(parse::<f32>(&log, "x").is_err());
    assert_eq!(first(&log, [1]), Some(1));
    assert_eq!(item(&log, [1]), 1);
}

#[test]
fn generic_error_under_managers_that_cannot_suppress() {
    fn plain<T, E: Error + Sync>(log: &Log, r: Result<T, E>) -> Result<T, E> {
        with! { log.plain("m") => { Ok(r?) } }
    }
    fn fallible<T, E: Error + Sync + From<Refused>>(log: &Log, r: Result<T, E>) -> Result<T, E> {
        with! { log.fallible("m")? => {
            let value = r?;
            return Ok(value);
        } }
    }
    fn value<T, E: Error>(log: &Log, r: Result<T, E>) -> Result<T, E> {
        with! { log.plain("a"), log.plain("b") => { r } }
    }
    fn returned<T, E>(log: &Log, r: Result<T, E>) -> Result<T, E> {
        with! { log.plain("m") => { return r; } }
    }
    let log = Log::new();
    let no: Result<u8, Refused> = Err(Refused("no"));
    assert_eq!(plain(&log, no), no);
    assert_eq!(log.take()[1], "exit m: Failed(no)");
    assert_eq!(fallible(&log, no), no);
    assert!(log.take().contains(&"exit m: Failed(no)".into()));
    assert_eq!(value(&log, no), no);
    assert_eq!(log.take()[3], "exit a: Failed", "not known to be `Sync`");
    assert_eq!(returned(&log, no), no);
    assert_eq!(log.take()[1], "exit m: Failed", "not known to be an error");
}

#[test]
fn errors_with_a_lifetime_under_managers_that_cannot_suppress() {
    #[derive(Debug, PartialEq)]
    struct Bad<'s>(&'s str);
    impl std::fmt::Display for Bad<'_> {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "bad {}", self.0)
        }
    }
    impl Error for Bad<'_> {}
    impl From<Refused> for Bad<'_> {
        fn from(_: Refused) -> Self {
            Bad("refused")
        }
    }
    fn check<'s>(log: &Log, s: &'s str) -> Result<u8, Bad<'s>> {
        with! { log.plain("a"), log.fallible("b")? => {
            if s.len() > 3 {
                return Err(Bad(s));
            }
            s.parse::<u8>().map_err(|_| Bad(s))?
        } };
        Ok(1)
    }
    fn value<'s>(log: &Log, s: &'s str) -> Result<(), Bad<'s>> {
        with! { log.plain("m") => { Err(Bad(s)) } }
    }
    let log = Log::new();
    let text = String::from("long");
    assert_eq!(check(&log, &text), Err(Bad("long")));
    let told = [
        "drop value",
        "exit b: Failed(bad long)",
        "exit a: Failed(bad long)",
    ];
    assert_eq!(log.take()[2..], told);
    assert_eq!(check(&log, "x"), Err(Bad("x")));
    assert_eq!(value(&log, "x"), Err(Bad("x")));
}

#[test]
fn lock_error_that_borrows_self() {
    struct Poisoned;
    impl<T> From<PoisonError<T>> for Poisoned {
        fn from(_: PoisonError<T>) -> Self {
            Poisoned
        }
    }
    struct Counter {
        m: Mutex<u8>,
    }
    impl Counter {
        fn add(&self, log: &Log) -> Result<u8, Poisoned> {
            with! { log.plain("m") => {
                let mut n = self.m.lock()?;
                *n += 1;
                Ok(*n)
            } }
        }
        fn guard(&self, log: &Log) -> Result<MutexGuard<'_, u8>, Poisoned> {
            let guard = with! { log.plain("m") => { self.m.lock()? } };
            Ok(guard)
        }
    }
    let counter = Counter { m: Mutex::new(1) };
    assert!(matches!(counter.add(&Log::new()), Ok(2)));
    assert!(matches!(counter.guard(&Log::new()).as_deref(), Ok(2)));
}

#[test]
fn phantom_and_turbofish() {
    struct Tagged<T>(PhantomData<T>);
    impl<T> Tagged<T> {
        fn id(self, _: T) -> u8 {
            1
        }
    }
    let tagged = with! { Log::new().plain("m") => { Tagged(PhantomData) } };
    assert_eq!(tagged.id("text"), 1);
}

#[test]
fn error_type_fixed_by_later_use() {
    let outcome = with! { Log::new().plain("m") => {
        if 1 + 1 == 3 { Err("no") } else { Ok(7) }
    } };
    let outcome: Result<u8, &str> = outcome;
    assert_eq!(outcome, Ok(7));
    let outcome = with! { Log::new().plain("m") => { Ok(7) } };
    let outcome: Result<u8, String> = outcome;
    assert_eq!(outcome, Ok(7));
}

#[test]
fn try_body_infers() {
    fn run(log: &Log, s: &str) -> Result<u8, ParseIntError> {
        let n: u8 = with! { log.plain("m") => try { s.parse()? } }?;
        Ok(n)
    }
    let log = Log::new();
    assert_eq!(run(&log, "1"), Ok(1));
    assert!(run(&log, "x").is_err());
    let n = with! { log.plain("m") => try { "1".parse::<u8>()? + "2".parse::<u8>()? } };
    assert_eq!(n, Ok(3));
}

#[test]
fn unit_bodies() {
    let log = Log::new();
    let mut n = 0;
    with! { log.plain("m") => { n += 1; } }
    with! { log.plain("m") => { n += 1 } }
    with! { log.plain("m") => {} }
    let unit: () = with! { log.plain("m") => {} };
    let () = unit;
    assert_eq!(n, 2);
}
