//! Sync managers in async functions: a future that is dropped while its body is suspended, panics
//! across awaits, and awaits that macros hide.

use std::future::Future;
use std::num::ParseIntError;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use cm_runtime::contextlib::nullcontext;
use cm_runtime::with;
use cm_tests::managers::{Log, Refused};

/// Is pending so many times, and then ready.
struct Pending(u32);

impl Future for Pending {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        match self.0.checked_sub(1) {
            None => Poll::Ready(()),
            Some(left) => {
                self.0 = left;
                Poll::Pending
            }
        }
    }
}

fn pause() -> Pending {
    Pending(1)
}

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Polls so many times, then drops what is not ready.
fn cut_after<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut future = Box::pin(future);
    for _ in 0..polls {
        if let Poll::Ready(output) = poll(future.as_mut()) {
            return Some(output);
        }
    }
    None
}

/// What is logged by a run that is cut after each number of polls, and by one that ends.
fn cuts<F: Future>(run: impl Fn(Log) -> F) -> Vec<Vec<String>> {
    let mut all = vec![];
    for polls in 0.. {
        let log = Log::new();
        let output = cut_after(polls, run(log.clone()));
        all.push(log.take());
        if output.is_some() {
            return all;
        }
    }
    unreachable!("it is ready at some time")
}

#[test]
fn cut_at_each_await() {
    async fn run(log: Log) {
        pause().await;
        with! { log.plain("a") => {
            pause().await;
            with! { log.plain("b") as _text, log.fallible("c") => {
                pause().await;
                log.say("body");
            } }
            .unwrap();
            pause().await;
        } }
        pause().await;
    }
    let inner = [
        "enter a",
        "enter b",
        "enter c",
        "drop value",
        "exit c: Cancelled",
        "exit b: Cancelled",
        "exit a: Cancelled",
    ];
    let mut whole = vec![
        "enter a",
        "enter b",
        "enter c",
        "body",
        "drop value",
        "exit c: End",
        "exit b: End",
        "exit a: Cancelled",
    ];
    let mut expected: Vec<Vec<&str>> = vec![
        vec![],
        vec![],
        vec!["enter a", "exit a: Cancelled"],
        inner.to_vec(),
        whole.clone(),
    ];
    *whole.last_mut().unwrap() = "exit a: End";
    expected.extend([whole.clone(), whole]);
    assert_eq!(cuts(run), expected);
}

#[test]
fn cut_in_each_kind_of_body() {
    async fn tried(log: Log) -> Result<(), Refused> {
        with! { log.plain("m") => try { pause().await; Err::<(), _>(Refused("no"))? } }
    }
    async fn caught(log: Log) {
        with! { log.plain("m") => catch { pause().await; } }
    }
    async fn in_a_loop(log: Log) {
        for _ in 0..2 {
            with! { log.plain("m") => {
                if log.take().len() > 1 {
                    continue;
                }
                pause().await;
            } }
        }
    }
    let cancelled = ["enter m", "exit m: Cancelled"];
    assert_eq!(cuts(tried)[1], cancelled);
    assert_eq!(cuts(tried)[2], ["enter m", "exit m: Failed(no)"]);
    assert_eq!(cuts(caught)[1], cancelled);
    assert_eq!(cuts(caught)[2], ["enter m", "exit m: End"]);
    assert_eq!(cuts(in_a_loop)[1], ["exit m: Cancelled"]);
}

#[test]
fn leaves_after_an_await() {
    async fn run(log: Log, how: u8) -> Result<u8, Refused> {
        #[allow(clippy::never_loop, reason = "one turn is enough to leave it")]
        let n = loop {
            with! { log.plain("a"), log.fallible("b")? => {
                pause().await;
                match how {
                    0 => return Ok(0),
                    1 => return Err(Refused("one")),
                    2 => {
                        let failed: Result<u8, Refused> = async { Err(Refused("two")) }.await;
                        failed?;
                    }
                    3 => break 3,
                    _ => log.say("body"),
                }
            } }
            break 4;
        };
        Ok(n)
    }
    let ends = |how| {
        let log = Log::new();
        let result = cut_after(9, run(log.clone(), how)).unwrap();
        (result, log.take().pop().unwrap())
    };
    assert_eq!(ends(0), (Ok(0), "exit a: Return".into()));
    assert_eq!(ends(1), (Err(Refused("one")), "exit a: Failed(one)".into()));
    assert_eq!(ends(2), (Err(Refused("two")), "exit a: Failed(two)".into()));
    assert_eq!(ends(3), (Ok(3), "exit a: Break".into()));
    assert_eq!(ends(4), (Ok(4), "exit a: End".into()));
}

/// A future that panics when it is polled the second time.
async fn panics() {
    pause().await;
    resume_unwind(Box::new("polled"));
}

#[test]
fn panic_of_what_is_awaited_is_no_cancellation() {
    async fn run(log: Log) {
        with! { log.plain("a"), log.plain("b") => { panics().await; } }
    }
    let log = Log::new();
    let polls = || cut_after(9, run(log.clone()));
    let payload = catch_unwind(AssertUnwindSafe(polls)).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"polled"));
    let told = ["enter a", "enter b", "exit b: Panicked", "exit a: Panicked"];
    assert_eq!(log.take(), told);
}

/// Behind a block whose enter and exit were awaited the function runs: it is not suspended any more.
#[test]
fn panic_behind_an_async_block_is_no_cancellation() {
    async fn run(log: Log) {
        with! { log.plain("a") => {
            with! { async log.async_plain("b") => {} }
            resume_unwind(Box::new("behind"));
        } }
    }
    let log = Log::new();
    let polls = || cut_after(9, run(log.clone()));
    assert!(catch_unwind(AssertUnwindSafe(polls)).is_err());
    assert_eq!(log.take().last().unwrap(), "exit a: Panicked");
}

/// The future is dropped by a panic that is not its own.
#[test]
fn dropped_while_another_panic_unwinds_is_cancelled() {
    let log = Log::new();
    let block = || {
        let shared = log.clone();
        let mut future = Box::pin(async move {
            with! { shared.plain("m") => { pause().await; } }
        });
        assert!(poll(future.as_mut()).is_pending());
        resume_unwind(Box::new("elsewhere"));
    };
    assert!(catch_unwind(AssertUnwindSafe(block)).is_err());
    assert_eq!(log.take(), ["enter m", "exit m: Cancelled"]);
}

#[test]
fn caught_panic_of_what_is_awaited() {
    async fn run(log: Log) -> Option<u8> {
        with! { log.plain("a"), log.suppressing("b") => catch {
            panics().await;
            7
        } }
    }
    let log = Log::new();
    assert_eq!(cut_after(9, run(log.clone())), Some(None));
    let told = [
        "enter a",
        "enter b",
        "exit b: Panicked(polled)",
        "exit a: End",
    ];
    assert_eq!(log.take(), told);
}

/// A body that catches, and leaves behind an await.
#[test]
fn leaves_of_a_catching_body_after_an_await() {
    async fn run(log: Log, fails: bool) -> Result<u8, Refused> {
        with! { log.plain("a") => catch {
            pause().await;
            if fails {
                Err(Refused("no"))?;
            }
            return Ok(7);
        } }
    }
    let log = Log::new();
    assert_eq!(
        cut_after(9, run(log.clone(), true)),
        Some(Err(Refused("no")))
    );
    assert_eq!(cut_after(9, run(log.clone(), false)), Some(Ok(7)));
    let told = ["enter a", "exit a: Failed(no)", "enter a", "exit a: Return"];
    assert_eq!(log.take(), told);
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

/// The handlers of a `select!` run where the call stands: they leave the block, and loops in it and around it.
#[tokio::test]
async fn leaves_in_handlers() {
    #![deny(unreachable_code)]
    async fn run(log: Log, stop_at: u32, fails_at: u32) -> Result<u32, Refused> {
        let mut number = 0;
        let next = async |number: u32| {
            tokio::task::yield_now().await;
            if number == fails_at {
                Err(Refused("no"))
            } else {
                Ok(number)
            }
        };
        loop {
            with! { log.plain("m") => {
                let sum = loop {
                    number += 1;
                    tokio::select! {
                        biased;
                        () = std::future::ready(()), if number == stop_at => {
                            tokio::task::yield_now().await;
                            break number;
                        }
                        got = next(number) => {
                            let got = got?;
                            if got == 1 { continue }
                            if got == 3 { return Ok(33) }
                        }
                    }
                };
                tokio::select! {
                    () = std::future::ready(()), if sum > 3 => break,
                    else => continue,
                }
            } }
        }
        Ok(number)
    }
    let log = Log::new();
    for (stop_at, fails_at, value, told) in [
        (
            9,
            2,
            Err(Refused("no")),
            &["enter m", "exit m: Failed(no)"][..],
        ),
        (9, 9, Ok(33), &["enter m", "exit m: Return"]),
        (
            2,
            9,
            Ok(33),
            &["enter m", "exit m: Continue", "enter m", "exit m: Return"],
        ),
    ] {
        assert_eq!(run(log.clone(), stop_at, fails_at).await, value);
        assert_eq!(log.take(), told);
    }
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
            if x == 1 {
                two! { log }
            }
            x
        } }
    }
    let log = Log::new();
    assert_eq!(run(log.clone()).await, 1);
    assert_eq!(log.take(), ["enter m", "two", "two", "exit m: End"]);
}

/// A macro of that name with another grammar is handed what was written.
#[test]
fn other_selects() {
    macro_rules! select {
        ($($name:ident => $column:ident),*) => { [$(concat!(stringify!($name), stringify!($column))),*] };
    }
    with! { nullcontext(()) => {
        assert_eq!(select!(a => b, c => d), ["ab", "cd"]);
    } }
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
    let cancelled = [
        "enter a",
        "enter b",
        "exit b: Cancelled",
        "exit a: Cancelled",
    ];
    let ended = ["enter a", "enter b", "exit b: End", "exit a: End"];
    for all in [cuts(joined), cuts(formatted), cuts(captured)] {
        assert_eq!(all, [&[][..], &cancelled, &ended]);
    }
}

macro_rules! hidden_pause {
    () => {
        pause().await
    };
}

macro_rules! hidden_pause_and_return {
    ($error:expr) => {
        if true {
            pause().await;
            return Err($error);
        }
    };
}

/// `=> async` says that macros of the body may hide awaits.
#[test]
fn hidden_awaits() {
    async fn run(log: Log) {
        with! { log.plain("a"), log.plain("b") => async { hidden_pause!(); } }
    }
    async fn leaves(log: Log) -> Result<(), Refused> {
        with! { log.plain("m") => async { hidden_pause_and_return!(Refused("hidden")); } }
        Ok(())
    }
    let cancelled = [
        "enter a",
        "enter b",
        "exit b: Cancelled",
        "exit a: Cancelled",
    ];
    let ended = ["enter a", "enter b", "exit b: End", "exit a: End"];
    assert_eq!(cuts(run), [&[][..], &cancelled, &ended]);
    let left = cuts(leaves);
    assert_eq!(left[1], ["enter m", "exit m: Cancelled"]);
    // Nothing tells a `return` that such a macro hides from the drop of the future.
    assert_eq!(left[2], ["enter m", "exit m: Cancelled"]);
}

macro_rules! after_a_pause {
    ($value:expr) => {{
        let value = $value;
        pause().await;
        value
    }};
}

/// One that shows a leave is run by itself: with `=> async` also if it awaits, and on any thread.
#[test]
fn hidden_awaits_beside_a_leave() {
    async fn seven(log: Log, text: &str) -> Result<u8, ParseIntError> {
        with! { log.plain("m") => async { Ok(after_a_pause!(text.parse::<u8>()?)) } }
    }
    #[allow(clippy::unused_async, reason = "its await is in what is run by itself")]
    async fn unsaid(log: Log) -> Result<u8, ParseIntError> {
        with! { log.plain("m") => { Ok(after_a_pause!("7".parse::<u8>()?)) } }
    }
    fn is_send(_: impl Send) {}
    is_send(async {
        with! { nullcontext(()) => async { Some(after_a_pause!(Some(7)?)) } }
    });
    let end = ["enter m", "exit m: End"];
    let cancelled = ["enter m", "exit m: Cancelled"];
    assert_eq!(cuts(|log| seven(log, "7")), [&[][..], &cancelled, &end]);
    let failed = ["enter m", "exit m: Failed(invalid digit found in string)"];
    assert_eq!(cuts(|log| seven(log, "x")), [&[][..], &failed]);
    let panic = catch_unwind(|| cut_after(2, unsaid(Log::new()))).unwrap_err();
    let message: &&str = panic.downcast_ref().unwrap();
    assert!(message.contains("write `=> async` before the body"));
}

/// Without `=> async` what drops the future is not known.
#[test]
fn unsaid_hidden_awaits() {
    async fn run(log: Log) {
        with! { log.plain("m") => { hidden_pause!(); } }
    }
    let failed = ["enter m", "exit m: Failed"];
    assert_eq!(cuts(run), [&[][..], &failed, &["enter m", "exit m: End"]]);
}

/// The same on a runtime: a task that is aborted, and one that runs out of time.
#[tokio::test]
async fn aborted_and_timed_out() {
    async fn run(log: Log) {
        with! { log.plain("a"), log.plain("b") => { std::future::pending::<()>().await; } }
    }
    let cancelled = [
        "enter a",
        "enter b",
        "exit b: Cancelled",
        "exit a: Cancelled",
    ];
    let log = Log::new();
    let task = tokio::spawn(run(log.clone()));
    tokio::task::yield_now().await;
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    assert_eq!(log.take(), cancelled);
    let wait = std::time::Duration::from_millis(1);
    assert!(tokio::time::timeout(wait, run(log.clone())).await.is_err());
    assert_eq!(log.take(), cancelled);
}
