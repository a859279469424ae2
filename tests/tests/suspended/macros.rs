//! Macros that show that they await.

use cm_runtime::with;
use cm_tests::async_managers::{cut_after, cuts, pause};
use cm_tests::managers::{Log, Refused};

use super::{CANCELLED, ENDED};

/// A macro call that awaits stays where it is.
#[tokio::test]
async fn awaiting_macros() {
    async fn run(log: Log, text: &str) -> Result<u8, std::num::ParseIntError> {
        with! { log.plain("m") => {
            let parse = |text: String| async move {
                tokio::task::yield_now().await;
                text.parse::<u8>()
            };
            let joined = tokio::join!(parse(text.into()), parse("2".into()));
            let tried = tokio::try_join!(parse(text.into()), parse("3".into()))?;
            let selected = tokio::select! {
                biased;
                parsed = parse(text.into()) => parsed?,
                () = std::future::pending() => 0,
            };
            println!("{}", parse(text.into()).await?);
            Ok(joined.0? + joined.1? + tried.0 + tried.1 + selected)
        } }
    }
    let log = Log::new();
    assert_eq!(run(log.clone(), "1").await, Ok(8));
    assert_eq!(log.take(), ["enter m", "exit m: End"]);
    assert!(run(log.clone(), "x").await.is_err());
    let told = "exit m: Failed(invalid digit found in string)";
    assert_eq!(log.take(), ["enter m", told]);
}

/// An `ensure!` whose message awaits.
#[test]
fn await_in_a_message() {
    async fn block(log: Log) -> anyhow::Result<()> {
        with! { log.plain("m") => {
            anyhow::ensure!(log.take().is_empty(), "{:?}", pause().await);
        } }
        Ok(())
    }
    let log = Log::new();
    assert!(cut_after(1, block(log.clone())).is_none());
    assert_eq!(log.take(), ["exit m: Cancelled"]);
    let ended = cut_after(2, block(log.clone())).unwrap();
    assert_eq!(ended.unwrap_err().to_string(), "()");
    assert_eq!(log.take(), ["exit m: Failed(())"]);
}

/// A macro call that shows an await and a leave behind it.
#[test]
fn leaves_of_a_macro_after_an_await() {
    macro_rules! run {
        ($($code:tt)*) => { $($code)* };
    }
    async fn number(fails: bool) -> Result<u8, Refused> {
        pause().await;
        if fails { Err(Refused("no")) } else { Ok(7) }
    }
    async fn block(log: Log, fails: bool) -> Result<u8, Refused> {
        with! { log.plain("a") => {
            let number = run!(number(fails).await?);
            log.say("body");
            Ok(number)
        } }
    }
    let log = Log::new();
    assert_eq!(
        cut_after(9, block(log.clone(), true)),
        Some(Err(Refused("no")))
    );
    assert_eq!(cut_after(9, block(log.clone(), false)), Some(Ok(7)));
    let told = [
        "enter a",
        "exit a: Failed(no)",
        "enter a",
        "body",
        "exit a: End",
    ];
    assert_eq!(log.take(), told);
}

/// In braces it is a statement, or what a block ends with.
#[tokio::test]
async fn places_of_awaiting_macros() {
    use tokio::task::yield_now;
    async fn run(log: Log) -> Result<(u8, u8), Refused> {
        with! { log.plain("m") => {
            tokio::select! {
                () = yield_now() => { log.say("one") }
            }
            let first = if std::hint::black_box(false) {
                0
            } else {
                tokio::select! { () = yield_now(), if true => 1, else => return Err(Refused("no")) }
            };
            tokio::select! { () = yield_now() => log.say("two"), };
            let second = { tokio::join! { async { yield_now().await; first } } };
            tokio::try_join! { async { Ok(first) }, async { Ok(second.0 + 1) } }
        } }
    }
    let log = Log::new();
    assert_eq!(run(log.clone()).await, Ok((1, 2)));
    assert_eq!(log.take(), ["enter m", "one", "two", "exit m: End"]);
}

/// Any macro may declare variables, and be several statements.
#[tokio::test]
async fn statements_of_macros() {
    macro_rules! declare {
        ($name:ident) => {
            let $name = 1;
        };
    }
    macro_rules! two {
        ($log:ident) => {
            let text = "two";
            $log.say(text);
        };
    }
    async fn run(log: Log) -> u8 {
        with! { log.plain("m") => async {
            tokio::task::yield_now().await;
            declare!(x);
            #[cfg(any())]
            declare!(y);
            #[cfg(all())]
            two!(log);
            declare! { z }
            if x == z {
                two! { log }
            }
            x
        } }
    }
    let log = Log::new();
    assert_eq!(run(log.clone()).await, 1);
    assert_eq!(log.take(), ["enter m", "two", "two", "exit m: End"]);
}

/// A macro that shows its await, in braces.
#[tokio::test]
async fn what_a_macro_in_braces_declares() {
    let sum = with! { Log::new().plain("m") => {
        tokio::pin! { let first = std::future::ready(std::future::ready(1).await); }
        let second = with! { Log::new().plain("n") => { 2 } };
        first.await + second
    } };
    assert_eq!(sum, 3);
}

#[test]
fn cut_in_awaiting_macros() {
    async fn joined(log: Log) {
        with! { log.plain("a"), log.plain("b") => { tokio::join!(pause(), pause()); } }
    }
    async fn formatted(log: Log) {
        with! { log.plain("a"), log.plain("b") => { let _text = format!("{:?}", pause().await); } }
    }
    async fn captured(log: Log) -> Result<(), Refused> {
        macro_rules! run {
            ($($code:tt)*) => { $($code)* };
        }
        with! { log.plain("a"), log.plain("b") => {
            run! { pause().await; Ok::<_, Refused>(())?; }
        } }
        Ok(())
    }
    for all in [cuts(joined), cuts(formatted), cuts(captured)] {
        assert_eq!(all, [&[][..], &CANCELLED, &ENDED]);
    }
}

/// A constant has no part in the control flow of the body.
#[tokio::test]
async fn macros_in_constants() {
    macro_rules! three {
        () => {
            3
        };
    }
    fn number<const N: usize>() -> usize {
        N
    }
    let sum = with! { Log::new().plain("m") => async {
        let numbers: [u8; three!()] = [0; three!()];
        number::<{ three!() }>() + numbers.len()
    } };
    assert_eq!(sum, 6);
}
