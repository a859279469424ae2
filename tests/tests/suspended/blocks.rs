//! Awaits in the body itself.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use cm_runtime::with;
use cm_tests::async_managers::{cut_after, cuts, pause, poll};
use cm_tests::managers::{Log, Refused};

use super::CANCELLED;

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

/// The same on a runtime: a task that is aborted, and one that runs out of time.
#[tokio::test]
async fn aborted_and_timed_out() {
    async fn run(log: Log) {
        with! { log.plain("a"), log.plain("b") => { std::future::pending::<()>().await; } }
    }
    let log = Log::new();
    let task = tokio::spawn(run(log.clone()));
    tokio::task::yield_now().await;
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    assert_eq!(log.take(), CANCELLED);
    let wait = std::time::Duration::from_millis(1);
    assert!(tokio::time::timeout(wait, run(log.clone())).await.is_err());
    assert_eq!(log.take(), CANCELLED);
}
