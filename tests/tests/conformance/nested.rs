//! Several managers: `CPython`'s `NestedNonexceptionalTestCase`, `NestedWith`.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use cm_runtime::{ContextManager, Outcome, Owned, Suppress, Typed, with};
use cm_tests::managers::{Log, Refused};

/// The inner manager is exited while the outer one is still open.
#[test]
fn inner_exits_first() {
    let log = Log::new();
    with! { log.plain("a") => {
        with! { log.plain("b") => {} }
        log.say("still in a");
    } }
    let told = [
        "enter a",
        "enter b",
        "exit b: End",
        "still in a",
        "exit a: End",
    ];
    assert_eq!(log.take(), told);
}

/// Both exits are told the same error, inner first.
#[test]
fn both_see_the_error() {
    fn run(log: &Log) -> Result<(), Refused> {
        with! { log.plain("a") => {
            with! { log.plain("b") => { Err(Refused("no"))?; } }
        } }
        Ok(())
    }
    let log = Log::new();
    assert_eq!(run(&log), Err(Refused("no")));
    let told = ["exit b: Failed(no)", "exit a: Failed(no)"];
    assert_eq!(log.take()[2..], told);
}

/// An error before an inner block: the inner manager is never touched.
#[test]
fn error_before_the_inner_block() {
    fn run(log: &Log) -> Result<(), Refused> {
        with! { log.plain("a") => {
            Err(Refused("no"))?;
            with! { log.plain("b") => {} }
        } }
        Ok(())
    }
    let log = Log::new();
    assert!(run(&log).is_err());
    assert_eq!(log.take(), ["enter a", "exit a: Failed(no)"]);
}

/// An error after an inner block: the inner one saw success, the outer one the error.
#[test]
fn error_after_the_inner_block() {
    fn run(log: &Log) -> Result<(), Refused> {
        with! { log.plain("a") => {
            with! { log.plain("b") => {} }
            Err(Refused("no"))?;
        } }
        Ok(())
    }
    let log = Log::new();
    assert!(run(&log).is_err());
    assert_eq!(log.take()[2..], ["exit b: End", "exit a: Failed(no)"]);
}

/// Two managers in one header.
#[test]
fn one_header() {
    let log = Log::new();
    with! { log.plain("a") as a, log.plain("b") as b => { log.say(format!("{a} {b}")); } }
    let told = ["enter a", "enter b", "a b", "exit b: End", "exit a: End"];
    assert_eq!(log.take(), told);
}

/// The second manager expression fails or panics: the first manager is exited.
#[test]
fn second_expression_fails() {
    fn run(log: &Log) -> Result<(), Refused> {
        let make = || Err::<cm_tests::managers::Fallible, _>(Refused("not made"));
        with! { log.plain("a"), make()? => { log.say("body"); } }
        Ok(())
    }
    let log = Log::new();
    assert_eq!(run(&log), Err(Refused("not made")));
    assert_eq!(log.take(), ["enter a", "exit a: Failed(not made)"]);

    fn panics() -> cm_tests::managers::Plain {
        resume_unwind(Box::new("not made"))
    }
    let block = || with! { log.plain("a"), panics() => { log.say("body"); } };
    assert!(catch_unwind(AssertUnwindSafe(block)).is_err());
    assert_eq!(log.take(), ["enter a", "exit a: Panicked"]);
}

/// The second enter fails: the body does not run, the first manager is exited with that
/// error.
#[test]
fn second_enter_fails() {
    fn run(log: &Log) -> Result<(), Refused> {
        with! { log.plain("a"), log.fallible("b").refusing_enter("closed")? => { log.say("body"); } }
        Ok(())
    }
    let log = Log::new();
    assert_eq!(run(&log), Err(Refused("closed")));
    assert_eq!(log.take(), ["enter a", "enter b", "exit a: Failed(closed)"]);

    let block = with! {
        log.plain("a"), log.fallible("b").refusing_enter("closed") => { log.say("body"); }
    };
    assert_eq!(block, Err(Refused("closed")));
    let told = ["enter a", "enter b", "exit a: Failed(closed)"];
    assert_eq!(log.take(), told, "as the value of the block, too");
}

/// The inner exit fails: the outer one sees that error, and may suppress it.
#[test]
fn inner_exit_fails() {
    let log = Log::new();
    let block = with! { log.suppressing("a"), log.fallible("b").refusing_exit("full") => { 7 } };
    assert_eq!(block, None);
    assert_eq!(log.take().last().unwrap(), "exit a: Failed(full)");
    let block = with! {
        log.suppressing("a").letting_through(), log.fallible("b").refusing_exit("full") => { 7 }
    };
    assert_eq!(block, Some(Err(Refused("full"))));
}

/// The contract: a suppressed error is a success for the next one out.
#[test]
fn suppressed_is_success_further_out() {
    fn run(log: &Log) -> Result<Option<()>, Refused> {
        Ok(with! { log.plain("a"), log.suppressing("b") => { Err(Refused("no"))? } })
    }
    let log = Log::new();
    assert_eq!(run(&log), Ok(None));
    assert_eq!(log.take()[2..], ["exit b: Failed(no)", "exit a: End"]);
}

mod library {
    pub(super) mod reexported {
        pub(in super::super) use cm_runtime::{context_manager, with};
    }
}

#[library::reexported::context_manager]
fn around(log: &Log) {
    library::reexported::with! { log.plain("b") => { yield_!(); } }
}

/// By whatever path its macro is named, an inner block is one.
#[test]
fn inner_block_by_a_long_path() {
    let log = Log::new();
    let block = with! { log.plain("a") => {
        self::library::reexported::with! { log.suppressing("b").letting_through() => {
            Err::<(), _>(Refused("no"))
        } }
    } };
    assert_eq!(block, Some(Err(Refused("no"))));
    assert_eq!(
        log.take()[2..],
        ["exit b: Failed(no)", "exit a: Failed(no)"]
    );

    'once: for _ in 0..1 {
        with! { log.plain("a") => {
            self::library::reexported::with! { log.plain("b") => { continue 'once; } }
        } }
    }
    assert_eq!(log.take()[2..], ["exit b: Continue", "exit a: Continue"]);

    with! { around(&log) => { log.say("body"); } }
    assert_eq!(log.take(), ["enter b", "body", "exit b: End"]);
}

struct Lends<T>(T);

impl<T: Copy> ContextManager for Lends<T> {
    type Lends = Owned<T>;
    type Exit = ();
    fn enter(&mut self) -> Result<T, Infallible> {
        Ok(self.0)
    }
    fn exit(&mut self, _: Outcome<'_>) {}
}

/// Each item has a pattern of its own, and a later one may use an earlier binding.
#[test]
fn each_item_destructures() {
    let sum = with! { Lends((1, 2)) as (a, b), Lends([a, b, a + b]) as [.., c] => { a + b + c } };
    assert_eq!(sum, 6);
}

/// What a manager says of its place is the place of its own item.
#[test]
fn place_of_the_item() {
    let start = line!();
    let ((), lost) = cm_runtime::lost::capture(|| {
        let log = Log::new();
        let block = with! {
            log.plain("a"),
            log.fallible("b").refusing_exit("full") => { Err::<(), _>(Refused("no")) }
        };
        assert!(block.unwrap().is_err());
    });
    assert_eq!(lost[0].place.file(), file!());
    let line = lost[0].place.line() - start;
    assert_eq!(line, 5, "the line of the second item");
}

/// A suppressor of one error type only answers for its own.
#[test]
fn each_suppressor_for_its_own() {
    struct Only<E>(std::marker::PhantomData<E>);
    impl<E: std::error::Error + 'static> ContextManager for Only<E> {
        type Lends = Owned<()>;
        type Exit = Suppress;
        fn enter(&mut self) -> Result<(), Infallible> {
            Ok(())
        }
        fn exit(&mut self, outcome: Outcome<'_, Typed>) -> Suppress {
            Suppress::when(outcome.is::<E>())
        }
    }
    fn only<E>() -> Only<E> {
        Only(std::marker::PhantomData)
    }
    fn run(refused: bool) -> Result<Option<Option<u8>>, Box<dyn std::error::Error>> {
        Ok(
            with! { only::<Refused>(), only::<std::num::ParseIntError>() => {
                if refused {
                    Err(Refused("no"))?;
                }
                "x".parse()?
            } },
        )
    }
    assert_eq!(run(false).unwrap(), Some(None), "the inner one suppressed");
    assert_eq!(run(true).unwrap(), None, "the outer one suppressed");
}
