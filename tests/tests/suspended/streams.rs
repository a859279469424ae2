//! Streams that are written as generators: a yield in a body is an await.

use std::pin::pin;

use cm_runtime::with;
use cm_tests::managers::{Log, Refused};
use futures_lite::{Stream, StreamExt as _};
use tokio::task::yield_now;

fn numbers(log: Log) -> impl Stream<Item = u8> {
    async_stream::stream! {
        with! { log.plain("a"), log.plain("b") => {
            for number in 1.. {
                yield number;
                yield_now().await;
                log.say("next");
            }
        } }
    }
}

#[tokio::test]
async fn a_stream_that_is_dropped_at_a_yield() {
    let log = Log::new();
    let first: Vec<u8> = numbers(log.clone()).take(2).collect().await;
    assert_eq!(first, [1, 2]);
    let told = [
        "enter a",
        "enter b",
        "next",
        "exit b: Cancelled",
        "exit a: Cancelled",
    ];
    assert_eq!(log.take(), told);
}

/// `try_stream!` does not see a `?` in a macro call: it stands behind one.
fn checked(log: Log, last: u8) -> impl Stream<Item = Result<u8, Refused>> {
    async_stream::try_stream! {
        for number in 1.. {
            let more = with! { log.plain("m") => try {
                yield number;
                yield_now().await;
                if number == last { Err(Refused("no"))? }
                number < 2
            } }?;
            if !more { break }
        }
    }
}

#[tokio::test]
async fn a_stream_that_fails() {
    let log = Log::new();
    let all: Vec<_> = checked(log.clone(), 1).collect().await;
    assert_eq!(all, [Ok(1), Err(Refused("no"))]);
    assert_eq!(log.take(), ["enter m", "exit m: Failed(no)"]);
    let all: Vec<_> = checked(log.clone(), 9).collect().await;
    assert_eq!(all, [Ok(1), Ok(2)]);
    let told = ["enter m", "exit m: End", "enter m", "exit m: End"];
    assert_eq!(log.take(), told);
}

/// A stream that a body makes keeps its own control flow, also where the function is not async.
#[tokio::test]
async fn a_stream_that_a_body_makes() {
    fn made(log: &Log) -> impl Stream<Item = Result<u8, Refused>> + use<> {
        with! { log.plain("sync") as text => {
            let text = text.clone();
            async_stream::try_stream! {
                yield std::future::ready(Ok::<_, Refused>(1)).await?;
                Err(Refused(if text.is_empty() { "empty" } else { "no" }))?;
            }
        } }
    }
    async fn read(log: &Log) -> Vec<Result<u8, Refused>> {
        with! { log.plain("async") as text => {
            yield_now().await;
            let stream = async_stream::try_stream! {
                yield u8::from(text.is_empty());
                Err(Refused("no"))?;
            };
            stream.collect().await
        } }
    }
    let log = Log::new();
    let all: Vec<_> = made(&log).collect().await;
    assert_eq!(all, [Ok(1), Err(Refused("no"))]);
    assert_eq!(log.take(), ["enter sync", "exit sync: End"]);
    assert_eq!(read(&log).await, [Ok(0), Err(Refused("no"))]);
    assert_eq!(log.take(), ["enter async", "exit async: End"]);
}

/// The stream is read in a body; a `?` there leaves the block, and what is left of the stream is dropped before exit.
#[tokio::test]
async fn a_stream_that_is_read_in_a_body() {
    async fn sum(log: Log, last: u8) -> Result<u8, Refused> {
        with! { log.plain("sum") => {
            let mut stream = pin!(checked(log.clone(), last));
            let mut sum = 0;
            while let Some(number) = stream.next().await {
                sum += number?;
            }
            Ok(sum)
        } }
    }
    let log = Log::new();
    assert_eq!(sum(log.clone(), 2).await, Err(Refused("no")));
    let told = [
        "enter sum",
        "enter m",
        "exit m: End",
        "enter m",
        "exit m: Failed(no)",
        "exit sum: Failed(no)",
    ];
    assert_eq!(log.take(), told);
}
