//! Entries that are released or dismissed by their key.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use cm_runtime::{ExitStack, Suppress, with};
use cm_tests::managers::{Log, Refused, Sour, told};

#[test]
fn release_runs_it_now_and_once() {
    let log = Log::new();
    let stack = ExitStack::new();
    stack.callback(|| log.say("a"));
    let key = stack.callback(|| log.say("b"));
    stack.callback(|| log.say("c"));
    assert!(stack.release(key).unwrap().is_ok());
    assert!(stack.release(key).is_none());
    assert!(!stack.dismiss(key));
    assert_eq!(log.take(), ["b"]);
    assert!(stack.close().is_ok());
    assert_eq!(log.take(), ["c", "a"]);
}

#[test]
fn release_tells_of_the_error() {
    let stack = ExitStack::new();
    let key = stack.callback(|| Err(Refused("full")));
    let error = stack.release(key).unwrap().unwrap_err();
    assert_eq!(error.downcast_ref(), Some(&Refused("full")));
    assert!(stack.close().is_ok());
}

/// What is released is told that it was closed by hand.
#[test]
fn release_tells_how() {
    let log = Log::new();
    let mut stack = ExitStack::new();
    let pushed = stack.push(|_, outcome| log.say(format!("pushed: {}", told(outcome))));
    let (_, lent) = stack.enter_keyed(log.plain("m"));
    assert!(stack.release(pushed).unwrap().is_ok());
    assert!(stack.release_lent(lent).unwrap().is_ok());
    assert_eq!(log.take(), ["enter m", "pushed: Close", "exit m: Close"]);
}

/// After a success there is nothing to suppress.
#[test]
fn release_of_what_suppresses() {
    let log = Log::new();
    let mut stack = ExitStack::<Suppress>::with_verdict();
    let pushed = stack.push(|_, _| Suppress::Yes);
    assert_eq!(stack.release(pushed), Some(Some(())));
    let ((), lent) = stack.enter_keyed(log.suppressing("m"));
    assert_eq!(stack.release_lent(lent), Some(Some(())));

    let stack = ExitStack::<io::Result<Suppress>>::with_verdict();
    let pushed = stack.push(|_, _| Ok::<_, io::Error>(Suppress::Yes));
    assert!(matches!(stack.release(pushed), Some(Ok(Some(())))));
}

/// What is dismissed does not run.
#[test]
fn dismiss() {
    let log = Log::new();
    let stack = ExitStack::new();
    let key = stack.callback(|| log.say("dismissed"));
    assert!(stack.dismiss(key) && !stack.dismiss(key));
    let (text, lent) = stack.enter_keyed(log.plain("m"));
    assert!(stack.dismiss_lent(lent) && !stack.dismiss_lent(lent));
    text.push('!');
    assert_eq!(text, "m!", "its manager stays while its value is used");
    assert!(stack.close().is_ok());
    assert_eq!(log.take(), ["enter m"]);
}

/// No entry runs, of whatever kind; each is dropped, the newest first. The stack can be used again.
#[test]
fn dismiss_all() {
    struct Dropped(&'static str, Log);
    impl Drop for Dropped {
        fn drop(&mut self) {
            self.1.say(format!("dropped {}", self.0));
        }
    }
    let log = Log::new();
    with! { ExitStack::new() as mut stack => {
        for name in ["a", "b"] {
            let held = Dropped(name, log.clone());
            stack.callback(move || held.1.say("ran"));
        }
        stack.enter(log.plain("m"));
        stack.push_exit(log.plain("pushed"));
        stack.dismiss_all();
        assert!(stack.is_empty());
        stack.callback(|| log.say("later"));
    } }
    .unwrap();
    assert_eq!(log.take(), ["enter m", "dropped b", "dropped a", "later"]);
}

/// Also those after one whose drop panics.
#[test]
fn dismiss_all_of_which_one_panics() {
    let log = Log::new();
    let mut stack = ExitStack::new();
    stack.callback(|| log.say("ran"));
    stack.enter(log.plain("m"));
    let sour = Sour;
    stack.callback(move || drop(sour));
    let dismissed = catch_unwind(AssertUnwindSafe(|| stack.dismiss_all()));
    assert!(dismissed.is_err() && stack.is_empty());
    drop(stack);
    assert_eq!(log.take(), ["enter m"]);
}

/// What is dismissed cannot be released afterwards, which would exit it after all.
#[test]
fn dismissed_and_then_released() {
    let log = Log::new();
    let mut stack = ExitStack::new();
    let (_text, key) = stack.enter_keyed(log.plain("m"));
    assert!(stack.dismiss_lent(key));
    assert!(stack.release_lent(key).is_none());
    assert_eq!(stack.len(), 1, "its manager stays until the stack ends");
    assert!(stack.close().is_ok());
    assert_eq!(log.take(), ["enter m"]);
}

#[test]
fn release_what_has_lent() {
    let log = Log::new();
    let mut stack = ExitStack::new();
    let (text, key) = stack.enter_keyed(log.plain("m"));
    text.push('!');
    assert!(stack.release_lent(key).unwrap().is_ok());
    assert!(stack.release_lent(key).is_none());
    assert_eq!(log.take(), ["enter m", "exit m: Close"]);
}

/// A key of one stack is no key of another.
#[test]
fn keys_of_other_stacks() {
    let log = Log::new();
    let (mut a, mut b) = (ExitStack::new(), ExitStack::new());
    let plain = a.callback(|| log.say("a"));
    let other = b.callback(|| log.say("b"));
    let (_, lent) = b.enter_keyed(log.plain("m"));
    assert!(b.release(plain).is_none() && !b.dismiss(plain));
    assert!(a.release_lent(lent).is_none() && !a.dismiss_lent(lent));
    let moved = b.pop_all();
    assert!(b.release(other).is_none());
    assert!(
        moved.release(other).is_some(),
        "an entry takes its key along"
    );
    a.append(moved);
    assert!(a.release_lent(lent).is_some());
    assert!(a.close().is_ok() && b.close().is_ok());
    assert_eq!(log.take(), ["enter m", "b", "exit m: Close", "a"]);
}

/// A callback that releases others while the stack runs.
#[test]
fn release_while_running() {
    let log = Log::new();
    let stack = ExitStack::new();
    let first = stack.callback(|| log.say("first"));
    stack.push(|stack, _| {
        log.say("releases");
        assert!(stack.release(first).is_some());
    });
    assert!(stack.close().is_ok());
    assert_eq!(log.take(), ["releases", "first"]);
}
