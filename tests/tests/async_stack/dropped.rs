//! Stacks that are dropped: by themselves, or with their close.

use std::panic::{AssertUnwindSafe, catch_unwind};

use cm_runtime::exit_stack::BoxError;
use cm_runtime::{AsyncExitStack, lost, with};
use cm_tests::async_managers::{cut_after, pause, run};
use cm_tests::managers::{Log, Refused, Sour};

/// A close that is dropped half-way: the errors that it was to answer with.
#[test]
fn close_is_dropped() {
    let ((), lost) = lost::capture(|| {
        let stack = AsyncExitStack::new();
        stack.callback_sync(|| Err(Refused("third")));
        stack.callback(std::future::pending::<()>);
        stack.callback(async || Err(Refused("second")));
        stack.callback(async || Err(Refused("first")));
        assert!(cut_after(1, stack.close()).is_none());
    });
    let errors: Vec<_> = lost.iter().map(|lost| lost.error.as_str()).collect();
    assert_eq!(errors, ["first", "second", "third"]);
    for lost in &lost[..2] {
        assert!(lost.line.ends_with("(the body was cancelled)"), "{lost:?}");
    }
}

/// It cancels the manager whose exit it is in, also one that it has not entered.
#[test]
fn close_is_dropped_in_an_exit() {
    let log = Log::new();
    let closed = || async {
        let stack: AsyncExitStack<'_, ()> = AsyncExitStack::with_verdict();
        stack.push_exit(log.async_plain("a")).await;
        stack.enter(log.async_plain("b")).await;
        stack.close().await;
    };
    let entered = ["entering b", "entered b", "exiting b: Close"];
    assert!(cut_after(2, closed()).is_none());
    assert_eq!(
        log.take(),
        [
            &entered[..],
            &["cancel b: Cancelled", "cancel a: Cancelled"]
        ]
        .concat()
    );
    assert!(cut_after(3, closed()).is_none());
    let exiting = ["exited b", "exiting a: Close", "cancel a: Cancelled"];
    assert_eq!(log.take(), [&entered[..], &exiting].concat());
}

/// The same when an entry further out panics.
#[test]
fn close_panics() {
    let (ended, lost) = lost::capture(|| {
        catch_unwind(|| {
            run(async {
                let stack = AsyncExitStack::new();
                stack.callback(async || -> () { panic!("third") });
                stack.callback(async || Err(Refused("second")));
                stack.callback(async || Err(Refused("first")));
                stack.close().await
            })
        })
    });
    assert!(ended.is_err());
    let errors: Vec<_> = lost.iter().map(|lost| lost.error.as_str()).collect();
    assert_eq!(errors, ["first", "second"]);
    for lost in lost {
        assert!(lost.line.ends_with("(the body had panicked)"), "{lost:?}");
    }
}

/// What nobody can be given each entry reports by itself, with its place.
#[test]
fn errors_of_a_stack_that_is_dropped() {
    let (line, lost) = lost::capture(|| {
        let stack = AsyncExitStack::new();
        let line = line!() + 1;
        stack.callback_sync(|| Err(Refused("full")));
        line
    });
    let [lost] = &lost[..] else {
        panic!("{lost:?}")
    };
    assert_eq!(lost.error, "full");
    assert!(!lost.manager.contains("AsyncExitStack"), "{lost:?}");
    assert_eq!((lost.place.file(), lost.place.line()), (file!(), line));
}

/// A panic of an entry goes on when the others have run.
#[test]
fn an_entry_of_a_stack_that_is_dropped_panics() {
    let log = Log::new();
    let caught = catch_unwind(AssertUnwindSafe(|| {
        let stack = AsyncExitStack::new();
        stack.callback_sync(|| log.say("other"));
        stack.callback_sync(|| -> () { std::panic::resume_unwind(Box::new("entry")) });
    }));
    assert_eq!(caught.unwrap_err().downcast_ref(), Some(&"entry"));
    assert_eq!(log.take(), ["other"]);
}

/// What is dismissed is not cancelled either.
#[test]
fn dismissed_and_dropped() {
    let log = Log::new();
    run(async {
        let stack = AsyncExitStack::new();
        let (_text, key) = stack.enter_keyed(log.async_plain("a")).await;
        let (_text, other) = stack.enter_sync_keyed(log.plain("b")).await;
        assert!(stack.dismiss_lent(key) && stack.dismiss_lent(other));
    });
    assert_eq!(log.take(), ["entering a", "entered a", "enter b"]);
}

/// So is nothing of a stack of which all is dismissed, also not what comes after an entry whose drop panics.
#[test]
fn all_dismissed() {
    for panics in [false, true] {
        let log = Log::new();
        run(async {
            let mut stack = AsyncExitStack::new();
            stack.enter(log.async_plain("a")).await;
            stack.enter_sync(log.plain("b")).await;
            stack.callback(async || log.say("called"));
            let sour = panics.then(|| Sour);
            stack.callback_sync(move || drop(sour));
            let dismissed = catch_unwind(AssertUnwindSafe(|| stack.dismiss_all()));
            assert_eq!(dismissed.is_err(), panics);
            assert!(stack.is_empty());
        });
        assert_eq!(log.take(), ["entering a", "entered a", "enter b"]);
    }
}

/// A block whose manager is the stack is given one answer of all entries, and reports that with the stack's name.
#[test]
fn errors_of_a_stack_whose_block_is_dropped() {
    let (_, lost) = lost::capture(|| {
        cut_after(1, async {
            with! { async AsyncExitStack::new()? as stack => {
                stack.callback_sync(|| Err(Refused("second")));
                stack.callback_sync(|| Err(Refused("first")));
                pause().await;
            } }
            Ok::<_, BoxError>(())
        })
    });
    let [lost] = &lost[..] else {
        panic!("{lost:?}")
    };
    assert_eq!(lost.error, "first; then second");
    assert!(lost.manager.contains("AsyncExitStack"), "{lost:?}");
}
