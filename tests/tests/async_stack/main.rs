//! `AsyncExitStack`, on its own and in tasks of tokio.

#![allow(
    clippy::items_after_statements,
    reason = "what a test needs stands in it"
)]

mod attacks;
mod dropped;
mod errors;
mod nesting;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

use cm_runtime::exit_stack::BoxError;
use cm_runtime::{AsyncExitStack, Suppress, context_manager, with};
use cm_tests::async_managers::{cut_after, cuts, pause, run};
use cm_tests::managers::{Log, Refused, told};

#[test]
fn awaits_exits_in_reverse() {
    let log = Log::new();
    let ended = run(async {
        with! { async AsyncExitStack::new()? as stack => {
            let text = stack.enter(log.async_plain("a")).await;
            let other = stack.enter_sync(log.plain("b")).await;
            stack.callback(async || {
                pause().await;
                log.say("callback");
            });
            stack.push_sync(|_, outcome| log.say(told(outcome)));
            text.push('!');
            other.push('?');
            pause().await;
            log.say(format!("body {text}{other}"));
        } }
        Ok::<_, BoxError>(())
    });
    assert!(ended.is_ok());
    let events = [
        "entering a",
        "entered a",
        "enter b",
        "body a!b?",
        "End",
        "callback",
        "exit b: End",
        "exiting a: End",
        "exited a",
    ];
    assert_eq!(log.take(), events);
}

#[test]
fn cut_at_each_await() {
    let cuts = cuts(|log| async move {
        let said = log.clone();
        let block = with! { async AsyncExitStack::new() as stack => {
            let _text = stack.enter(log.async_plain("a")).await;
            let _text = stack.enter_sync(log.plain("b")).await;
            stack.callback(async move || {
                said.say("begun");
                pause().await;
                said.say("ended");
            });
            pause().await;
        } };
        drop(block);
    });
    let cancelled = [
        "entering a",
        "entered a",
        "enter b",
        "begun",
        "exit b: Cancelled",
        "cancel a: Cancelled",
    ];
    let expected: Vec<Vec<&str>> = vec![
        vec![],
        vec!["entering a", "cancel a: Cancelled"],
        cancelled.to_vec(),
        // The callback had begun, and is dropped half-way.
        cancelled.to_vec(),
        vec![
            "entering a",
            "entered a",
            "enter b",
            "begun",
            "ended",
            "exit b: End",
            "exiting a: End",
            "cancel a: Cancelled",
        ],
        vec![
            "entering a",
            "entered a",
            "enter b",
            "begun",
            "ended",
            "exit b: End",
            "exiting a: End",
            "exited a",
        ],
    ];
    assert_eq!(cuts, expected);
}

#[test]
fn a_failed_enter_leaves_the_stack_as_it_was() {
    let log = Log::new();
    run(async {
        let stack = AsyncExitStack::new();
        let refused = stack
            .enter(log.async_fallible("a").refusing_enter("no"))
            .await;
        assert!(refused.is_err());
        assert!(stack.is_empty());
        drop(stack.enter(log.async_plain("never awaited")));
        stack.close().await.unwrap();
    });
    assert_eq!(log.take(), ["entering a", "entered a"]);
}

/// It is kept, polled in pieces and given up, as in a `select!`.
#[test]
fn an_enter_is_a_future() {
    let log = Log::new();
    run(async {
        let stack = AsyncExitStack::new();
        let mut given_up = Box::pin(stack.enter(log.async_plain("a")));
        let mut entering = stack.enter(log.async_plain("b"));
        std::future::poll_fn(|context| {
            assert!(given_up.as_mut().poll(context).is_pending());
            assert!(Pin::new(&mut entering).poll(context).is_pending());
            Poll::Ready(())
        })
        .await;
        drop(given_up);
        let text = entering.await;
        text.push('!');
        assert_eq!(stack.len(), 1);
        stack.close().await.unwrap();
    });
    let events = [
        "entering a",
        "entering b",
        "cancel a: Cancelled",
        "entered b",
        "exiting b: Close",
        "exited b",
    ];
    assert_eq!(log.take(), events);
}

#[test]
fn keys() {
    let log = Log::new();
    run(async {
        let mut stack = AsyncExitStack::new();
        let first = stack.callback(async || log.say("first"));
        let second = stack.callback_sync(|| log.say("second"));
        let (text, key) = stack.enter_keyed(log.async_plain("a")).await;
        text.push('!');
        let (_text, dismissed) = stack.enter_sync_keyed(log.plain("b")).await;
        assert!(stack.release(second).await.unwrap().is_ok());
        assert!(stack.release(second).await.is_none());
        assert!(stack.dismiss(first));
        assert!(stack.dismiss_lent(dismissed) && !stack.dismiss_lent(dismissed));
        assert!(stack.release_lent(dismissed).await.is_none());
        assert!(stack.release_lent(key).await.unwrap().is_ok());
        let other = stack.pop_all();
        assert!(stack.is_empty() && !other.is_empty());
        stack.callback(async || log.say("third"));
        stack.append(other);
        stack.close().await.unwrap();
    });
    let events = [
        "entering a",
        "entered a",
        "enter b",
        "second",
        "exiting a: Close",
        "exited a",
        "third",
    ];
    assert_eq!(log.take(), events);
}

#[test]
fn an_exit_without_its_enter() {
    let log = Log::new();
    run(async {
        let stack = AsyncExitStack::new();
        stack.push_exit(log.async_plain("a")).await;
        stack.push_exit_sync(log.plain("sync"));
        stack.close().await.unwrap();
        let stack = AsyncExitStack::new();
        stack.push_exit(log.async_plain("b")).await;
        stack.push_exit_sync(log.plain("sync"));
    });
    assert_eq!(
        log.take(),
        [
            "exit sync: Close",
            "exiting a: Close",
            "exited a",
            "exit sync: Cancelled",
            "cancel b: Cancelled"
        ]
    );
}

#[test]
fn callbacks_of_generic_code() {
    fn put<'s, F, R>(stack: &AsyncExitStack<'s>, callback: F)
    where
        F: FnOnce() -> R + Send + 's,
        R: Future<Output = Result<(), Refused>> + Send + 's,
    {
        stack.callback(callback);
    }
    let log = Log::new();
    let closed = run(async {
        let stack = AsyncExitStack::new();
        put(&stack, async || {
            pause().await;
            log.say("closed");
            Err(Refused("by a"))
        });
        stack.close().await
    });
    assert!(closed.unwrap_err().is::<Refused>());
    assert_eq!(log.take(), ["closed"]);
}

#[test]
fn a_callback_pushes_another() {
    let log = Log::new();
    run(async {
        let stack = AsyncExitStack::new();
        stack.callback_sync(|| log.say("last"));
        let said = &log;
        stack.push(move |stack, _| {
            stack.callback_sync(|| said.say("next"));
            async { said.say("first") }
        });
        stack.close().await.unwrap();
    });
    assert_eq!(log.take(), ["first", "next", "last"]);
}

#[test]
fn dropped_unclosed_and_while_unwinding() {
    let log = Log::new();
    let fill = async |log: &Log, stack: &AsyncExitStack<'_>| {
        stack.enter(log.clone().async_plain("a")).await;
        stack.enter_sync(log.clone().plain("b")).await;
    };
    run(async {
        let stack = AsyncExitStack::new();
        fill(&log, &stack).await;
    });
    assert_eq!(
        log.take()[3..],
        ["exit b: Cancelled", "cancel a: Cancelled"]
    );
    let caught = catch_unwind(AssertUnwindSafe(|| {
        run(async {
            with! { async AsyncExitStack::new() as stack => {
                fill(&log, &stack).await;
                panic!("no")
            } }
            .unwrap();
        });
    }));
    assert!(caught.is_err());
    assert_eq!(log.take()[3..], ["exit b: Panicked", "cancel a: Panicked"]);
}

#[test]
fn a_panic_in_an_exit_does_not_keep_others_from_theirs() {
    let log = Log::new();
    let caught = catch_unwind(AssertUnwindSafe(|| {
        run(async {
            let stack = AsyncExitStack::new();
            stack.enter(log.async_plain("a")).await;
            stack.callback(async || -> () {
                pause().await;
                panic!("no")
            });
            stack.enter_sync(log.plain("b")).await;
            stack.close().await.unwrap();
        });
    }));
    assert!(caught.is_err());
    assert_eq!(log.take()[3..], ["exit b: Close", "cancel a: Panicked"]);
}

#[test]
#[cfg_attr(miri, ignore = "it takes too long")]
fn ten_thousand_callbacks() {
    let log = Log::new();
    run(async {
        let stack = AsyncExitStack::new();
        for _ in 0..10_000 {
            stack.callback(async || pause().await);
        }
        stack.callback_sync(|| log.say("all"));
        stack.close().await.unwrap();
    });
    let stack = AsyncExitStack::new();
    for _ in 0..10_000 {
        stack.callback_sync(|| log.say("dropped"));
    }
    drop(stack);
    assert_eq!(log.take().len(), 10_001);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_tasks() {
    #[context_manager(yields = &mut Vec<u32>)]
    async fn numbers(log: Log) -> Result<(), Refused> {
        let mut numbers = vec![];
        tokio::task::yield_now().await;
        let outcome = yield_!(&mut numbers);
        tokio::task::yield_now().await;
        log.say(format!("{} {numbers:?}", told(outcome)));
        Ok(())
    }
    let log = Log::new();
    let said = log.clone();
    let task = tokio::spawn(async move {
        with! { async AsyncExitStack::new()? as stack => {
            let first = stack.enter(numbers(said.clone())).await?;
            let second = stack.enter(numbers(said.clone())).await?;
            let inner = stack.enter(AsyncExitStack::new()).await?;
            inner.enter(numbers(said.clone())).await?.push(4);
            first.push(1);
            tokio::task::yield_now().await;
            second.push(2);
            first.push(3);
        } }
        Ok::<_, BoxError>(())
    });
    task.await.unwrap().unwrap();
    assert_eq!(log.take(), ["End [4]", "End [2]", "End [1, 3]"]);
}

#[test]
fn managers_of_one_thread_in_a_future_of_one_thread() {
    // Entries are `Send`; what is beside them need not be.
    let shared = Rc::new(1);
    let log = Log::new();
    let sum = run(async {
        let stack = AsyncExitStack::new();
        let text = stack.enter(log.async_plain("a")).await;
        text.push('!');
        *shared + text.len()
    });
    assert_eq!(sum, 3);
    assert!(cut_after(1, async { pause().await }).is_none());
}

/// After a success there is nothing to suppress.
#[test]
fn release_of_what_suppresses() {
    let log = Log::new();
    run(async {
        let mut stack = AsyncExitStack::<Suppress>::with_verdict();
        let pushed = stack.push_sync(|_, _| Suppress::Yes);
        assert_eq!(stack.release(pushed).await, Some(Some(())));
        let ((), lent) = stack.enter_keyed(log.async_suppressing("m")).await;
        assert_eq!(stack.release_lent(lent).await, Some(Some(())));
    });
}
