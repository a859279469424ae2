//! Drops and lifetimes: what only Rust can get wrong. Drop order, inference and
//! `Send` have more cases in `transparent/`.

use std::convert::Infallible;
use std::error::Error;
use std::iter::successors;

use cm_runtime::{
    ContextManager, Inspecting, Outcome, Owned, Ref, Suppress, Typed, context_manager, with,
};
use cm_tests::async_managers::poll;
use cm_tests::managers::{Log, Refused};

/// `as _` keeps the value until the body ends.
#[test]
fn underscore() {
    let log = Log::new();
    let block = with! { log.fallible("m") as _ => { log.say("body"); } };
    assert!(block.is_ok());
    assert_eq!(log.take(), ["enter m", "body", "drop value", "exit m: End"]);
}

struct View<'t>(&'t str);

impl<'t> ContextManager for View<'t> {
    type Lends = Owned<&'t str>;
    type Exit = ();
    fn enter(&mut self) -> Result<&'t str, Infallible> {
        Ok(self.0)
    }
    fn exit(&mut self, _: Outcome<'_>) {}
}

/// Temporaries of the manager expression live until after exit.
#[test]
fn temporaries_of_the_header() {
    let make = || String::from("made here");
    let len = with! { View(&make()) as text => { text.len() } };
    assert_eq!(len, 9);
}

/// The body's locals, the value, exit, the manager.
#[test]
fn drop_order() {
    struct Held(
        Log,
        #[allow(dead_code, reason = "its drop is seen")] cm_tests::managers::Noisy,
    );
    impl ContextManager for Held {
        type Lends = Owned<cm_tests::managers::Noisy>;
        type Exit = ();
        fn enter(&mut self) -> Result<cm_tests::managers::Noisy, Infallible> {
            Ok(self.0.noisy("value"))
        }
        fn exit(&mut self, _: Outcome<'_>) {
            self.0.say("exit");
        }
    }
    let log = Log::new();
    with! { Held(log.clone(), log.noisy("manager")) as _value => { let _local = log.noisy("local"); } }
    assert_eq!(
        log.take(),
        ["drop local", "drop value", "exit", "drop manager"]
    );
}

/// A future that is never polled enters nothing; one that is forgotten exits nothing.
#[test]
fn future_that_is_not_polled_or_is_forgotten() {
    let log = Log::new();
    let make = || {
        let log = log.clone();
        Box::pin(async move {
            with! { log.plain("m") => { std::future::pending::<()>().await; } }
        })
    };
    drop(make());
    assert!(log.take().is_empty());
    let mut future = make();
    assert!(poll(future.as_mut()).is_pending());
    std::mem::forget(future);
    assert_eq!(log.take(), ["enter m"]);
}

/// Exit is told the error as the body raised it, before `?` converts it.
#[test]
fn error_before_its_conversion() {
    #[derive(Debug)]
    struct App(#[allow(dead_code, reason = "shown by `Debug`")] String);
    impl From<Refused> for App {
        fn from(refused: Refused) -> Self {
            Self(format!("app: {}", refused.0))
        }
    }
    impl From<std::num::ParseIntError> for App {
        fn from(_: std::num::ParseIntError) -> Self {
            Self("app: not a number".into())
        }
    }
    struct Types<'t>(&'t mut Vec<&'static str>);
    impl ContextManager for Types<'_> {
        type Lends = Owned<()>;
        type Exit = Suppress;
        fn enter(&mut self) -> Result<(), Infallible> {
            Ok(())
        }
        fn exit(&mut self, outcome: Outcome<'_, Typed>) -> Suppress {
            let is_refused = outcome.is::<Refused>();
            let is_parse = outcome.is::<std::num::ParseIntError>();
            self.0.push(match (is_refused, is_parse) {
                (true, false) => "Refused",
                (false, true) => "ParseIntError",
                _ => "neither or both",
            });
            Suppress::No
        }
    }
    fn run(types: &mut Vec<&'static str>, text: &str) -> Result<u8, App> {
        let n = with! { Types(types) => {
            let n: u8 = text.parse()?;
            if n == 0 {
                Err(Refused("zero"))?;
            }
            n
        } };
        Ok(n.unwrap_or_default())
    }
    let mut types = vec![];
    assert_eq!(run(&mut types, "x").unwrap_err().0, "app: not a number");
    assert_eq!(run(&mut types, "0").unwrap_err().0, "app: zero");
    assert_eq!(types, ["ParseIntError", "Refused"]);
}

/// An error with a context is one of another type, as the error is its source.
#[test]
fn type_of_an_error_in_a_context_is_that_of_a_source() {
    #[context_manager]
    fn looking(found: &mut Vec<bool>) -> Inspecting<()> {
        let outcome = yield_!();
        let mut errors = successors(outcome.static_error(), |error| (**error).source());
        found.push(outcome.is::<Refused>());
        found.push(errors.any(<dyn Error>::is::<Refused>));
        Inspecting(())
    }
    let mut found = vec![];
    for error in [
        anyhow::Error::new(Refused("no")),
        anyhow::Error::new(Refused("no")).context("at noon"),
    ] {
        let block = with! { looking(&mut found) => { Err::<(), _>(error) } };
        assert!(block.is_err());
    }
    assert_eq!(found, [true, true, false, true]);
}

/// What the body or the manager borrows is usable right after the block.
#[test]
fn borrow_ends_with_the_block() {
    struct Reads<'v>(&'v mut Vec<u8>);
    impl ContextManager for Reads<'_> {
        type Lends = Ref<[u8]>;
        type Exit = ();
        fn enter(&mut self) -> Result<&[u8], Infallible> {
            self.0.push(0);
            Ok(self.0)
        }
        fn exit(&mut self, _: Outcome<'_>) {
            self.0.push(9);
        }
    }
    let (mut list, mut sum) = (vec![1, 2], 0);
    with! { Reads(&mut list) as numbers => { sum += numbers.iter().sum::<u8>(); } }
    list.push(sum);
    assert_eq!(list, [1, 2, 0, 9, 3]);
}
