//! `#[within(manager)]`, the decorator.

use cm_runtime::{Suppress, context_manager, within};
use cm_tests::managers::{Log, Refused, told};

#[context_manager(yields = &mut String)]
fn traced(log: &Log, name: &str) {
    log.say(format!("enter {name}"));
    let mut own = String::from(name);
    let outcome = yield_!(&mut own);
    log.say(format!("exit {own}: {}", told(outcome)));
}

#[context_manager]
fn checked(log: &Log, exit: Result<(), Refused>) -> Result<(), Refused> {
    log.say("open");
    yield_!();
    log.say("close");
    exit
}

/// The function's body runs inside, with the name it binds; the return type stays.
#[test]
fn functions() {
    #[within(traced(log, "f") as name)]
    fn run(log: &Log, n: u8) -> u8 {
        name.push('!');
        if n == 0 {
            return 0;
        }
        n + 1
    }
    let log = Log::new();
    assert_eq!((run(&log, 0), run(&log, 1)), (0, 2));
    let told = ["enter f", "exit f!: Return", "enter f", "exit f!: End"];
    assert_eq!(log.take(), told);
}

/// An error leaves the function, and exit saw it.
#[test]
fn errors() {
    #[within(traced(log, "f"))]
    fn run(log: &Log, text: &str) -> Result<u8, std::num::ParseIntError> {
        let n: u8 = text.parse()?;
        Ok(n)
    }
    let log = Log::new();
    assert_eq!(run(&log, "7"), Ok(7));
    assert!(run(&log, "x").is_err());
    let lines = log.take();
    assert_eq!(lines[1], "exit f: End");
    assert_eq!(lines[3], "exit f: Failed(invalid digit found in string)");
}

/// Errors of a fallible manager leave by `?`.
#[test]
fn fallible_managers() {
    #[within(checked(log, exit)?)]
    fn run(log: &Log, exit: Result<(), Refused>) -> Result<u8, Refused> {
        Ok(7)
    }
    let log = Log::new();
    assert_eq!(run(&log, Ok(())), Ok(7));
    assert_eq!(run(&log, Err(Refused("full"))), Err(Refused("full")));
    assert_eq!(log.take(), ["open", "close", "open", "close"]);
}

/// A function that returns nothing goes on behind a suppressed failure, as Python's do.
#[test]
fn suppressing_managers() {
    #[context_manager]
    fn all() -> Suppress {
        yield_!();
        Suppress::Yes
    }
    #[within(log.plain("m"), all())]
    fn run(log: &Log) {
        log.say("body");
    }
    #[within(all())]
    #[expect(clippy::unused_unit, reason = "it says no more than none")]
    fn with_unit(log: &Log) -> () {
        log.say("body");
    }
    let log = Log::new();
    run(&log);
    assert_eq!(log.take(), ["enter m", "body", "exit m: End"]);
    with_unit(&log);
    assert_eq!(log.take(), ["body"]);
}

/// Within a manager that can fail and suppress a function ends with the value, and returns a `Result` of an `Option`.
#[test]
fn managers_that_fail_and_suppress() {
    #[context_manager]
    fn all(log: &Log, exit: Result<Suppress, Refused>) -> Result<Suppress, Refused> {
        let outcome = yield_!();
        log.say(format!("exit: {}", told(outcome)));
        exit
    }
    #[within(all(log, exit))]
    fn run(
        log: &Log,
        exit: Result<Suppress, Refused>,
        n: Option<u8>,
    ) -> Result<Option<u8>, Refused> {
        n.ok_or(Refused("none"))?
    }
    let log = Log::new();
    assert_eq!(run(&log, Ok(Suppress::Yes), Some(7)), Ok(Some(7)));
    assert_eq!(run(&log, Ok(Suppress::Yes), None), Ok(None));
    assert_eq!(run(&log, Ok(Suppress::No), None), Err(Refused("none")));
    assert_eq!(
        run(&log, Err(Refused("exit")), Some(7)),
        Err(Refused("exit"))
    );
}

/// What a function returns may run when the managers are gone.
#[test]
fn functions_that_return_what_runs_later() {
    #[within(log.plain("m"))]
    fn numbers(log: &Log) -> impl Iterator<Item = u8> {
        (0..2).inspect(|n| log.say(n.to_string()))
    }
    #[within(log.plain("m"))]
    fn future(log: &Log) -> impl Future<Output = ()> {
        let log = log.clone();
        async move { log.say("polled") }
    }
    let log = Log::new();
    assert_eq!(numbers(&log).sum::<u8>(), 1);
    assert_eq!(log.take(), ["enter m", "exit m: End", "0", "1"]);
    cm_tests::async_managers::run(future(&log));
    assert_eq!(log.take(), ["enter m", "exit m: End", "polled"]);
}

struct Counter {
    count: u32,
    log: Log,
}

impl Counter {
    /// Methods, arguments, generics.
    #[within(traced(&self.log.clone(), "shared"))]
    fn get<'c, T>(&'c self, (more, _): (T, T), with: impl Fn(u32, T) -> u32) -> Option<&'c u32>
    where
        T: Copy,
    {
        if with(self.count, more) == 0 {
            return None;
        }
        Some(&self.count)
    }

    #[within(traced(&self.log.clone(), "exclusive") as name)]
    fn add(&mut self, mut n: u32) -> &mut Self {
        n += 1;
        name.push('+');
        self.count += n;
        self
    }

    #[within(traced(&log, "owned"))]
    fn into_count(self, log: Log) -> u32 {
        self.count
    }
}

#[test]
fn methods() {
    let log = Log::new();
    let mut counter = Counter {
        count: 0,
        log: log.clone(),
    };
    counter.add(1).add(2);
    assert_eq!(counter.get((1, 2), |n, m| n * m), Some(&5));
    assert_eq!(counter.get((0, 2), |n, m| n * m), None);
    assert_eq!(counter.into_count(log.clone()), 5);
    assert_eq!(log.take().len(), 10);
}

/// Each call evaluates the manager expression, with its own arguments.
#[test]
fn recursion() {
    #[within(traced(log, &format!("{n}")))]
    fn descend(log: &Log, n: u8) -> u8 {
        if n == 0 { 0 } else { descend(log, n - 1) + 1 }
    }
    let log = Log::new();
    assert_eq!(descend(&log, 3), 3);
    let told = ["enter 3", "enter 2", "enter 1", "enter 0", "exit 0: End"];
    assert_eq!(log.take()[..5], told);
}

/// On an async function it is entered when the future is polled, not at the call,
/// and stays entered over its awaits.
#[tokio::test]
async fn async_functions() {
    #[within(traced(&log, "a") as name)]
    async fn run(log: Log, n: u8) -> Result<u8, Refused> {
        tokio::task::yield_now().await;
        name.push('!');
        if n == 0 {
            return Err(Refused("zero"));
        }
        Ok(n)
    }
    let log = Log::new();
    let future = run(log.clone(), 1);
    assert!(log.take().is_empty());
    assert_eq!(tokio::spawn(future).await.unwrap(), Ok(1));
    assert_eq!(log.take(), ["enter a", "exit a!: End"]);
    assert_eq!(run(log.clone(), 0).await, Err(Refused("zero")));
    assert_eq!(log.take()[1], "exit a!: Failed(zero)");
}

/// Several managers, in one attribute and in several, the upper one outermost.
#[test]
fn several() {
    #[within(traced(log, "a"))]
    #[within(traced(log, "b") as b, traced(log, b))]
    fn run(log: &Log) {
        log.say("body");
    }
    let log = Log::new();
    run(&log);
    let told = ["enter a", "enter b", "enter b", "body"];
    assert_eq!(log.take()[..4], told);
}

mod elsewhere {
    use super::{Log, traced};

    /// Kept.
    #[cm_runtime::within(crate = ::cm_runtime, traced(log, "path"))]
    #[must_use]
    pub(super) fn run(log: &Log) -> u8 {
        7
    }
}

#[test]
fn path_of_the_crate() {
    assert_eq!(elsewhere::run(&Log::new()), 7);
}

#[test]
fn attributes_inside_of_the_body() {
    #[within(traced(log, "f"))]
    #[within(traced(log, "g"))]
    fn run(log: &Log) -> u8 {
        #![expect(unused_variables)]
        //! Documented inside.
        let unused = 1;
        7
    }
    let log = Log::new();
    assert_eq!((run(&log), log.take().len()), (7, 4));
}

#[test]
fn a_body_out_of_a_macro() {
    macro_rules! within_lock {
        ($name:ident, $body:block) => {
            #[within(lock as _value)]
            fn $name(lock: &std::sync::Mutex<u8>) -> u8 $body
        };
    }
    within_lock!(seven, { 7 });
    let lock = std::sync::Mutex::new(1);
    assert_eq!(seven(&lock), 7);
    assert!(lock.try_lock().is_ok());
}
