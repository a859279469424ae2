//! `#[within(manager)]` on async functions.

use cm_runtime::contextlib::{nullcontext, suppress_any};
use cm_runtime::{Suppress, context_manager, with, within};
use cm_tests::async_managers::{cuts, pause, run};
use cm_tests::managers::{Log, Refused, told};

#[context_manager(yields = &mut String)]
async fn traced(log: &Log, name: &str) {
    log.say(format!("enter {name}"));
    let mut own = String::from(name);
    pause().await;
    let outcome = yield_!(&mut own);
    log.say(format!("exit {own}: {}", told(outcome)));
    pause().await;
    log.say("end");
}

#[context_manager(yields = &mut String)]
fn traced_in_sync(log: &Log, name: &str) {
    log.say(format!("enter {name}"));
    let mut own = String::from(name);
    let outcome = yield_!(&mut own);
    log.say(format!("exit {own}: {}", told(outcome)));
}

/// The body runs inside, with the name it binds; entered when it is polled, not at the
/// call; the return type stays.
#[test]
fn functions() {
    #[within(async traced(log, "f") as name)]
    async fn double(log: &Log, n: u8) -> u8 {
        name.push('!');
        pause().await;
        if n == 0 {
            return 0;
        }
        n * 2
    }
    let log = Log::new();
    let future = double(&log, 0);
    assert!(log.take().is_empty());
    assert_eq!((run(future), run(double(&log, 1))), (0, 2));
    let told = ["enter f", "exit f!: Return", "end"];
    assert_eq!(log.take()[..3], told);
}

/// An error leaves the function, and exit saw it.
#[test]
fn errors() {
    #[within(async traced(log, "f"))]
    async fn number(log: &Log, text: &str) -> Result<u8, std::num::ParseIntError> {
        pause().await;
        let n: u8 = text.parse()?;
        Ok(n)
    }
    let log = Log::new();
    assert_eq!(run(number(&log, "7")), Ok(7));
    assert!(run(number(&log, "x")).is_err());
    let lines = log.take();
    assert_eq!(lines[1], "exit f: End");
    assert_eq!(lines[4], "exit f: Failed(invalid digit found in string)");
}

#[test]
fn fallible_managers() {
    #[within(async log.async_fallible("f").refusing_exit("late")? as _value, log.fallible("g")?)]
    async fn seven(log: &Log, early: bool) -> Result<u8, Refused> {
        if early {
            return Err(Refused("early"));
        }
        pause().await;
        Ok(7)
    }
    let (log, lost) = (Log::new(), cm_runtime::lost::capture);
    assert_eq!(run(seven(&log, false)), Err(Refused("late")));
    let (early, lost) = lost(|| run(seven(&log, true)));
    assert_eq!((early, lost.len()), (Err(Refused("early")), 1));
}

/// A function that returns nothing goes on behind a suppressed failure.
#[test]
fn suppressing_managers() {
    #[context_manager]
    async fn all() -> Suppress {
        pause().await;
        yield_!();
        Suppress::Yes
    }
    #[within(log.plain("m"), async all())]
    async fn body(log: &Log) {
        pause().await;
        log.say("body");
    }
    let log = Log::new();
    run(body(&log));
    assert_eq!(log.take(), ["enter m", "body", "exit m: End"]);
}

/// Several, in one attribute and in several, sync and async: the upper one is the outermost.
#[test]
fn several() {
    #[within(async traced(log, "a"))]
    #[within(traced_in_sync(log, "b") as b, async traced(log, b))]
    #[within(log.plain("c"))]
    async fn body(log: &Log) {
        pause().await;
        log.say("body");
    }
    let log = Log::new();
    run(body(&log));
    let told = [
        "enter a",
        "enter b",
        "enter b",
        "enter c",
        "body",
        "exit c: End",
        "exit b: End",
        "end",
        "exit b: End",
        "exit a: End",
        "end",
    ];
    assert_eq!(log.take(), told);
}

struct Counter {
    count: u32,
    log: Log,
}

impl Counter {
    /// Methods, arguments, generics.
    #[within(async traced(&self.log.clone(), "shared"))]
    async fn get<T>(&self, (more, _): (T, T), with: impl AsyncFn(u32, T) -> u32) -> Option<&u32>
    where
        T: Copy,
    {
        if with(self.count, more).await == 0 {
            return None;
        }
        Some(&self.count)
    }

    #[within(async traced(&self.log.clone(), "exclusive") as name)]
    async fn add(&mut self, mut n: u32) -> &mut Self {
        n += 1;
        name.push('+');
        pause().await;
        self.count += n;
        self
    }

    #[within(async traced(&log, "owned"))]
    async fn into_count(self, log: Log) -> u32 {
        pause().await;
        self.count
    }
}

trait Get {
    async fn get(&self) -> Result<u8, Refused>;
}

impl Get for Log {
    #[within(async self.async_fallible("trait")? as _value)]
    async fn get(&self) -> Result<u8, Refused> {
        pause().await;
        Ok(7)
    }
}

#[test]
fn methods() {
    let log = Log::new();
    let mut counter = Counter {
        count: 0,
        log: log.clone(),
    };
    run(async {
        counter.add(1).await.add(2).await;
        assert_eq!(counter.get((1, 2), async |n, m| n * m).await, Some(&5));
        assert_eq!(counter.get((0, 2), async |n, m| n * m).await, None);
        assert_eq!(counter.into_count(log.clone()).await, 5);
        assert_eq!(log.take().len(), 15);
        assert_eq!(Get::get(&log).await, Ok(7));
    });
}

/// Each call evaluates the manager expression, with its own arguments.
#[test]
fn recursion() {
    #[within(async traced(log, &format!("{n}")))]
    async fn descend(log: &Log, n: u8) -> u8 {
        if n == 0 {
            0
        } else {
            Box::pin(descend(log, n - 1)).await + 1
        }
    }
    let log = Log::new();
    assert_eq!(run(descend(&log, 3)), 3);
    let told = ["enter 3", "enter 2", "enter 1", "enter 0", "exit 0: End"];
    assert_eq!(log.take()[..5], told);
}

/// Managers stay entered over the awaits, and are told of a future that is dropped there.
#[test]
fn cut_at_each_await() {
    #[within(traced_in_sync(&log, "a"), async traced(&log, "b"))]
    async fn body(log: Log) {
        pause().await;
    }
    let expected: [&[&str]; 5] = [
        &[],
        &["enter a", "enter b", "exit a: Cancelled"],
        &[
            "enter a",
            "enter b",
            "exit b: Cancelled",
            "exit a: Cancelled",
        ],
        &["enter a", "enter b", "exit b: End", "exit a: Cancelled"],
        &["enter a", "enter b", "exit b: End", "end", "exit a: End"],
    ];
    assert_eq!(cuts(body), expected);
}

/// It is `Send` and can be spawned.
#[tokio::test]
async fn spawned() {
    #[within(async owned(&log, n)? as n)]
    async fn body(log: Log, n: u8) -> Result<u8, Refused> {
        tokio::task::yield_now().await;
        Ok(*n)
    }
    #[context_manager(yields = &u8)]
    async fn owned(log: &Log, n: u8) -> Result<(), Refused> {
        tokio::task::yield_now().await;
        let outcome = yield_!(&n);
        tokio::task::yield_now().await;
        log.say(told(outcome));
        Ok(())
    }
    let log = Log::new();
    assert_eq!(tokio::spawn(body(log.clone(), 7)).await.unwrap(), Ok(7));
    assert_eq!(log.take(), ["End"]);
}

/// An async generator within managers: they are entered before it, and exited behind it.
#[test]
fn a_generator_within_managers() {
    #[within(traced_in_sync(log, "a"), async traced(log, "b") as name)]
    #[context_manager(yields = &mut String)]
    async fn inside(log: &Log) {
        pause().await;
        yield_!(name);
        log.say("behind");
    }
    let log = Log::new();
    run(async {
        with! { async inside(&log) as name => { name.push('!'); } }
    });
    let told = [
        "enter a",
        "enter b",
        "behind",
        "exit b!: End",
        "end",
        "exit a: End",
    ];
    assert_eq!(log.take(), told);
}

mod elsewhere {
    use super::{Log, traced};

    /// Kept.
    #[cm_runtime::within(crate = ::cm_runtime, async traced(log, "path"))]
    #[must_use]
    pub(super) async fn seven(log: &Log) -> u8 {
        7
    }
}

#[test]
fn path_of_the_crate() {
    assert_eq!(run(elsewhere::seven(&Log::new())), 7);
}

/// `#[async_trait]` comes first, and makes a function of it that returns a future: the managers are in that.
#[async_trait::async_trait]
trait Service: Sync {
    async fn call(&mut self, log: Log, (n, _): (u8, u8)) -> Result<u8, Refused>;

    #[within(traced_in_sync(log, "ping"))]
    async fn ping(&self, log: &Log) {
        pause().await;
        log.say("body");
    }

    async fn first(&self, text: &str) -> Option<char>;
}

struct Server {
    calls: u8,
}

#[async_trait::async_trait]
impl Service for Server {
    #[within(async traced(&log, "a"), nullcontext(&mut self.calls) as calls)]
    #[within(traced_in_sync(&log, "b"))]
    async fn call(&mut self, log: Log, (n, _): (u8, u8)) -> Result<u8, Refused> {
        **calls += 1;
        pause().await;
        log.say("body");
        if n == 0 {
            return Err(Refused("zero"));
        }
        Ok(**calls)
    }

    #[within(suppress_any(|_| true))]
    async fn first(&self, text: &str) -> Option<char> {
        text.chars().nth(self.calls.into())?
    }
}

#[tokio::test]
async fn in_async_trait() {
    let (log, mut server) = (
        Log::new(),
        Box::new(Server { calls: 0 }) as Box<dyn Service + Send>,
    );
    let future = server.call(log.clone(), (1, 1));
    assert!(log.take().is_empty());
    assert_eq!(future.await, Ok(1));
    let told = [
        "enter a",
        "enter b",
        "body",
        "exit b: End",
        "exit a: End",
        "end",
    ];
    assert_eq!(log.take(), told);
    let failed = tokio::spawn({
        let log = log.clone();
        async move { server.call(log, (0, 1)).await }
    });
    assert_eq!(failed.await.unwrap(), Err(Refused("zero")));
    assert_eq!(log.take()[4], "exit a: Failed(zero)");
    let server = Server { calls: 1 };
    server.ping(&log).await;
    assert_eq!(log.take(), ["enter ping", "body", "exit ping: End"]);
    assert_eq!(server.first("ab").await, Some('b'));
    assert_eq!(server.first("").await, None);
}
