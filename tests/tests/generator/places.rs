//! Where the yield can stand, and how a function can leave in front of it and behind it.

use cm_runtime::{Suppress, context_manager, with};
use cm_tests::managers::{Log, Refused, told};

#[test]
fn in_if_match_and_blocks() {
    #[context_manager(yields = u8)]
    fn nested(n: Option<u8>, log: &Log) -> Result<(), Refused> {
        let n = match n {
            Some(n) => n,
            None => return Err(Refused("none")),
        };
        let outcome = {
            if n > 1 {
                return Err(Refused("too big"));
            }
            match n {
                0 => return Err(Refused("zero")),
                n => {
                    let outcome = yield_!(n + 1);
                    log.say("behind the yield");
                    outcome
                }
            }
        };
        log.say(told(outcome));
        if outcome.is_success() {
            return Ok(());
        }
        Err(Refused("exit"))?;
        Ok(())
    }
    let log = Log::new();
    let run = |n| with! { nested(n, &log) as n => { n } };
    assert_eq!(run(None), Err(Refused("none")));
    assert_eq!(run(Some(0)), Err(Refused("zero")));
    assert_eq!(run(Some(2)), Err(Refused("too big")));
    assert!(log.take().is_empty());
    assert_eq!(run(Some(1)), Ok(2));
    assert_eq!(log.take(), ["behind the yield", "End"]);
}

/// A loop that awaits, in a future that is not the generator's; and an arm whose guard returns.
#[test]
fn with_control_flow_of_something_else_around() {
    #[context_manager]
    fn asked(n: Option<u8>, log: &Log) -> Result<(), Refused> {
        let ready = async {
            loop {
                std::future::ready(()).await;
                break;
            }
        };
        drop(ready);
        match n {
            Some(n)
                if {
                    log.say("asked");
                    n > 1
                } =>
            {
                return Err(Refused("too big"));
            }
            _ => {}
        }
        yield_!();
        Ok(())
    }
    let log = Log::new();
    assert!(with! { asked(Some(2), &log) => {} }.is_err());
    assert!(with! { asked(Some(1), &log) => {} }.is_ok());
    assert_eq!(log.take(), ["asked", "asked"]);
}

/// As `#[tracing::instrument]` writes one, to say what the return type is.
#[test]
fn behind_a_return_that_never_runs() {
    #[context_manager(yields = u8)]
    fn instrumented(log: &Log) {
        let _span = Span(log);
        if false {
            return;
        }
        {
            yield_!(7);
        }
    }
    struct Span<'l>(&'l Log);
    impl Drop for Span<'_> {
        fn drop(&mut self) {
            self.0.say("left");
        }
    }
    let log = Log::new();
    with! { instrumented(&log) as n => { log.say(n.to_string()); } }
    assert_eq!(log.take(), ["7", "left"]);
}

#[test]
fn attributes_in_front_of_a_yield() {
    #[context_manager(yields = u8)]
    fn kept() {
        #[cfg(not(any()))]
        yield_!(1);
    }
    #[context_manager(yields = u8)]
    fn configured_away() {
        #[cfg(any())]
        yield_!(1);
    }
    assert_eq!(with! { kept() as n => { n } }, 1);
    let enters = || with! { configured_away() => {} };
    let panic = std::panic::catch_unwind(enters).unwrap_err();
    let message = panic.downcast_ref::<String>().map(String::as_str);
    let message = message.or_else(|| panic.downcast_ref().copied());
    assert!(message.is_some_and(|m| m.contains("yield")), "{message:?}");
}

#[test]
fn as_an_operand() {
    #[context_manager(yields = u8)]
    fn operand(ok: &mut bool) {
        *ok = !yield_!(1).is_success() || yields_nothing(false);
    }
    fn yields_nothing(value: bool) -> bool {
        value
    }
    #[context_manager(yields = u8)]
    fn condition(log: &Log) -> Suppress {
        if yield_!(2).is_success() {
            log.say("fine");
        }
        Suppress::No
    }
    #[context_manager(yields = u8)]
    fn argument(log: &Log) {
        log.say(told(yield_!(3)));
    }
    let (log, mut failed) = (Log::new(), true);
    with! { operand(&mut failed), condition(&log), argument(&log) => {} };
    assert!(!failed);
    assert_eq!(log.take(), ["End", "fine"]);
}

#[test]
fn in_the_value_of_a_return_and_in_front_of_a_loop() {
    #[context_manager]
    fn returned(log: &Log) -> Result<(), Refused> {
        return said(log, &told(yield_!()));
    }
    #[context_manager]
    fn suppressing() -> Suppress {
        return Suppress::when(yield_!().is::<Refused>());
    }
    #[context_manager]
    fn looped(log: &Log) {
        for n in 0..=usize::from(yield_!().is_success()) {
            log.say(format!("looped {n}"));
        }
    }
    fn said(log: &Log, told: &str) -> Result<(), Refused> {
        log.say(told);
        Err(Refused("returned"))
    }
    let log = Log::new();
    assert_eq!(with! { returned(&log) => {} }, Err(Refused("returned")));
    let suppressed = with! { suppressing() => try { Err::<u8, _>(Refused("body"))? } };
    assert!(suppressed.is_none());
    with! { looped(&log) => {} }
    assert_eq!(log.take(), ["End", "looped 0", "looped 1"]);
}

#[test]
fn beside_loops_closures_and_items() {
    #[context_manager(yields = u32)]
    fn busy(list: &[u32]) -> Result<(), Refused> {
        fn double(n: u32) -> u32 {
            return n * 2;
        }
        let mut sum = 0;
        for n in list {
            if *n == 0 {
                continue;
            }
            let halve = |n: u32| {
                if n == 1 {
                    return None;
                }
                Some(n / 2)
            };
            sum += halve(double(*n)).ok_or(Refused("one"))?;
        }
        yield_!(sum);
        loop {
            if sum > 0 {
                return Ok(());
            }
            sum += 1;
        }
    }
    assert_eq!(with! { busy(&[1, 0, 2]) as sum => { sum } }, Ok(3));
}

/// The other managers of the function are entered around the yield, and told the outcome of the
/// block.
#[test]
fn inside_a_block() {
    #[context_manager(yields = &mut String)]
    fn around(log: &Log) -> Result<(), Refused> {
        with! { log.plain("a") as text, log.fallible("b")? => {
            let outcome = yield_!(text);
            log.say(told(outcome));
            if !outcome.is_success() {
                Err(Refused("from inside"))?;
            }
        } }
        log.say("behind the block");
        Ok(())
    }
    let log = Log::new();
    let block = with! { around(&log) as text => {
        text.push('!');
        log.say(text.clone());
    } };
    assert_eq!(block, Ok(()));
    let told = [
        "enter a",
        "enter b",
        "a!",
        "End",
        "drop value",
        "exit b: End",
        "exit a: End",
    ];
    let lines = log.take();
    assert_eq!(lines[..7], told);
    assert_eq!(lines[7], "behind the block");
    let (block, lost) = cm_runtime::lost::capture(|| {
        with! { around(&log) => { Err::<(), _>(Refused("body")) } }
    });
    assert_eq!(block, Ok(Err(Refused("body"))));
    assert_eq!(lost[0].error, "from inside");
    assert_eq!(log.take().pop().unwrap(), "exit a: Failed(from inside)");
}

#[test]
fn inside_the_header_and_body_of_nested_blocks() {
    #[context_manager(yields = u8)]
    fn deep(log: &Log) {
        with! { log.plain("a") => {
            with!(_b = log.plain("b"), {
                let outcome = with! { log.plain("c") => try {
                    let n: u8 = "7".parse::<u8>()?;
                    yield_!(n).is_success()
                } };
                log.say(format!("{outcome:?}"));
            });
        } }
    }
    let log = Log::new();
    assert_eq!(with! { deep(&log) as n => { n } }, 7);
    let told = ["exit c: End", "Ok(true)", "exit b: End", "exit a: End"];
    assert_eq!(log.take()[3..], told);
}

#[test]
fn inside_a_body_that_catches() {
    #[context_manager(yields = u8)]
    fn catching(log: &Log) {
        with! { log.plain("m") => catch {
            let outcome = yield_!(7);
            log.say(told(outcome));
        } }
    }
    let log = Log::new();
    assert_eq!(with! { catching(&log) as n => { n } }, 7);
    assert_eq!(log.take(), ["enter m", "End", "exit m: End"]);
}

/// All spellings; one of them inside of a `with!`, which stable Rust does not parse.
#[test]
fn spellings() {
    #[context_manager(yields = u8)]
    fn raw() {
        r#yield!(1);
    }
    #[context_manager(yields = u8)]
    fn keyword(log: &Log) {
        with! { log.plain("m") => {
            let outcome = yield!(2);
            assert!(outcome.is_success());
        } }
    }
    #[context_manager(yields = u8)]
    fn brackets() {
        yield_![3];
    }
    #[context_manager(yields = u8)]
    fn braces(log: &Log) {
        yield_! { 4 }
        with! { log.plain("n") => {} }
    }
    let log = Log::new();
    let sum = with! { raw() as a, keyword(&log) as b, brackets() as c, braces(&log) as d => {
        a + b + c + d
    } };
    assert_eq!(sum, 10);
    let told = ["enter m", "enter n", "exit n: End", "exit m: End"];
    assert_eq!(log.take(), told);
}
