//! Panics: in the body, in enter and exit, caught by `=> catch`, and in destructors around a block.

use std::cell::RefCell;
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any, resume_unwind, set_hook, take_hook};
use std::sync::{Arc, Mutex};
use std::thread;

use cm_runtime::contextlib::guard;
use cm_runtime::{ContextManager, Manager as _, Outcome, Owned, context_manager, lost, with};
use cm_tests::managers::{Log, Refused};

fn caught<T>(f: impl FnOnce() -> T) -> Box<dyn std::any::Any + Send> {
    catch_unwind(AssertUnwindSafe(f)).err().expect("it panics")
}

/// A panic in the body: every exit runs and is told of it, and the payload goes on as it
/// is.
#[test]
fn panic_in_the_body() {
    let log = Log::new();
    let payload = caught(|| {
        with! { log.plain("a"), log.fallible("b"), log.suppressing("c") => {
            log.say("body");
            panic_any(7_u8);
        } }
    });
    assert_eq!(payload.downcast_ref(), Some(&7_u8));
    let told = [
        "enter a",
        "enter b",
        "enter c",
        "body",
        "exit c: Panicked",
        "drop value",
        "exit b: Panicked",
        "exit a: Panicked",
    ];
    assert_eq!(log.take(), told);
}

/// The same across polls.
#[tokio::test]
async fn panic_after_an_await() {
    let log = Log::new();
    let shared = log.clone();
    let task = tokio::spawn(async move {
        with! { shared.plain("a"), shared.plain("b") => {
            tokio::task::yield_now().await;
            panic_any(7_u8);
        } }
    });
    let payload = task.await.unwrap_err().into_panic();
    assert_eq!(payload.downcast_ref(), Some(&7_u8));
    let told = ["enter a", "enter b", "exit b: Panicked", "exit a: Panicked"];
    assert_eq!(log.take(), told);
}

/// `=> catch` shows the payload to exit, lets it go on unchanged, and calls the panic hook
/// no second time.
#[test]
fn caught_panic_goes_on() {
    let log = Log::new();
    let payload = caught(|| {
        with! { log.plain("m") => catch { resume_unwind(Box::new("words")) } }
    });
    assert_eq!(payload.downcast_ref(), Some(&"words"));
    assert_eq!(log.take(), ["enter m", "exit m: Panicked(words)"]);
}

/// It captures as a closure does: what is moved into it is gone, and nothing else.
#[test]
fn moved_into_a_caught_body() {
    let (log, text) = (Log::new(), String::from("text"));
    let pair = (String::from("a"), String::from("b"));
    let moved = with! { log.plain("m") => catch {
        drop(pair.0);
        text
    } };
    assert_eq!((&*moved, &*pair.1), ("text", "b"));
}

/// What a log shows of a panic.
#[test]
fn a_panic_as_text() {
    let told = RefCell::new(vec![]);
    let tell = |(), outcome: Outcome<'_>| match outcome {
        Outcome::Panicked(panic) => told.borrow_mut().push(panic.to_string()),
        other => panic!("{other:?}"),
    };
    let _ = caught(|| with! { guard((), tell) => catch { resume_unwind(Box::new("words")) } });
    let _ = caught(|| with! { guard((), tell) => { resume_unwind(Box::new("words")) } });
    let expected = ["the block panicked: words", "the block panicked"];
    assert_eq!(
        *told.borrow(),
        expected,
        "one that is not caught is not known"
    );
}

/// The contract: under `=> catch`, `Suppress::Yes` stops a panic; without it, it cannot.
#[test]
fn suppressed_panic() {
    let log = Log::new();
    let block = with! { log.plain("a"), log.suppressing("b") => catch {
        if log.take().len() == 2 {
            resume_unwind(Box::new("words"));
        }
        7
    } };
    assert_eq!(block, None);
    assert_eq!(log.take(), ["exit b: Panicked(words)", "exit a: End"]);
    let payload = caught(|| {
        with! { log.suppressing("m") => { resume_unwind(Box::new("words")); } }
    });
    assert_eq!(payload.downcast_ref(), Some(&"words"));
}

/// `=> catch` is for all managers of the header, as several blocks one in the other are.
#[test]
fn suppressed_further_out() {
    let log = Log::new();
    let told = [
        "enter a",
        "enter b",
        "exit b: Panicked(words)",
        "exit a: Panicked(words)",
    ];
    let block: Option<()> = with! { log.suppressing("a"), log.plain("b") => catch {
        resume_unwind(Box::new("words"))
    } };
    assert_eq!(block, None);
    assert_eq!(log.take(), told);
    let block: Option<()> = with! { log.suppressing("a") => catch {
        with! { log.plain("b") => catch { resume_unwind(Box::new("words")) } }
    } };
    assert_eq!(block, None);
    assert_eq!(log.take(), told);
    // An exit that panics itself is no part of the body.
    let payload = caught(|| {
        let fails = |(), _: Outcome<'_>| resume_unwind(Box::new("exit"));
        with! { log.suppressing("a"), guard((), fails) => catch { resume_unwind(Box::new("words")) } }
    });
    assert_eq!(payload.downcast_ref(), Some(&"exit"));
    assert_eq!(log.take(), ["enter a", "exit a: Panicked"]);
    // Nobody suppresses it.
    let payload = caught(|| {
        with! { log.plain("a"), log.plain("b") => catch { resume_unwind(Box::new("words")) } }
    });
    assert_eq!(payload.downcast_ref(), Some(&"words"));
    assert_eq!(log.take(), told);
}

/// The contract: all leaves go through a `=> catch`.
#[test]
fn leaves_of_a_caught_body() {
    fn run(log: &Log, how: u8) -> Result<u8, Refused> {
        let mut turns = 0;
        let n = loop {
            turns += 1;
            let n = with! { log.plain("a"), log.fallible("b")? => catch {
                match how {
                    0 => return Ok(0),
                    1 => Err(Refused("one"))?,
                    2 => break 2,
                    3 if turns < 3 => continue,
                    _ => turns,
                }
            } };
            break n + 10;
        };
        Ok(n)
    }
    let ends = |how| {
        let log = Log::new();
        (run(&log, how), log.take().pop().unwrap())
    };
    assert_eq!(ends(0), (Ok(0), "exit a: Return".into()));
    assert_eq!(ends(1), (Err(Refused("one")), "exit a: Failed(one)".into()));
    assert_eq!(ends(2), (Ok(2), "exit a: Break".into()));
    assert_eq!(ends(3), (Ok(13), "exit a: End".into()));
    assert_eq!(ends(4), (Ok(11), "exit a: End".into()));
}

/// Its exit panics.
struct Sour<'l>(&'l Log, &'static str);

impl ContextManager for Sour<'_> {
    type Lends = Owned<()>;
    type Exit = ();
    fn enter(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
    fn exit(&mut self, _: Outcome<'_>) {
        self.0.say(format!("exit {}", self.1));
        resume_unwind(Box::new(self.1));
    }
}

/// An exit that panics while a panic unwinds: it is caught and reported, the process
/// lives, the managers further out exit, and the first panic goes on.
#[test]
fn exit_panics_while_unwinding() {
    let log = Log::new();
    let (payload, lost) = lost::capture(|| {
        caught(|| {
            with! { log.plain("a"), Sour(&log, "b"), Sour(&log, "c") => {
                resume_unwind(Box::new("body"));
            } }
        })
    });
    assert_eq!(payload.downcast_ref(), Some(&"body"));
    assert_eq!(
        log.take(),
        ["enter a", "exit c", "exit b", "exit a: Panicked"]
    );
    let lost: Vec<_> = lost
        .iter()
        .map(|lost| (lost.panicked, lost.error.as_str()))
        .collect();
    assert_eq!(lost, [(true, "c"), (true, "b")]);
}

/// An exit that panics while an error is in flight: nothing unwinds, so the panic does.
#[test]
fn exit_panics_over_an_error() {
    let log = Log::new();
    let payload = caught(|| {
        with! { log.plain("a"), Sour(&log, "b") => { Err::<(), _>(Refused("body")) } }
    });
    assert_eq!(payload.downcast_ref(), Some(&"b"));
    assert_eq!(log.take(), ["enter a", "exit b", "exit a: Panicked"]);
}

/// The contract: an exit that fails while a panic unwinds: its error is reported.
#[test]
fn exit_fails_while_unwinding() {
    let (payload, lost) = lost::capture(|| {
        caught(|| {
            with! { Log::new().fallible("m").refusing_exit("full") => {
                resume_unwind(Box::new("body"));
            } }
        })
    });
    assert_eq!(payload.downcast_ref(), Some(&"body"));
    assert_eq!((lost[0].panicked, lost[0].error.as_str()), (false, "full"));
    assert!(lost[0].line.ends_with("full (the body had panicked)"));
}

/// A block that completes in a destructor while another panic unwinds has succeeded, with
/// each way of leaving.
#[test]
fn complete_while_another_panic_unwinds() {
    macro_rules! hidden_return {
        () => {
            if true {
                return Some(());
            }
        };
    }
    struct Enters<'l>(&'l Log);
    impl Drop for Enters<'_> {
        fn drop(&mut self) {
            assert!(std::thread::panicking());
            with! { self.0.plain("end") => {} }
            let returns = || with! { self.0.plain("return") => { return; } };
            returns();
            let question = || -> Option<()> {
                with! { self.0.plain("question") => { None? } }
            };
            assert!(question().is_none());
            let hidden = || -> Option<()> {
                with! { self.0.plain("hidden") => { hidden_return!(); None } }
            };
            assert!(hidden().is_some());
            let inner = catch_unwind(AssertUnwindSafe(|| {
                with! { self.0.plain("panic") => { resume_unwind(Box::new("inner")); } }
            }));
            assert!(inner.is_err());
        }
    }
    let log = Log::new();
    caught(|| {
        let _enters = Enters(&log);
        resume_unwind(Box::new("outer"));
    });
    let lines = log.take();
    let exits: Vec<_> = lines
        .iter()
        .filter(|line| line.starts_with("exit"))
        .collect();
    assert_eq!(
        exits,
        [
            "exit end: End",
            "exit return: Return",
            "exit question: Failed",
            "exit hidden: Failed",
            "exit panic: Panicked",
        ]
    );
}

/// A panic in the body poisons the lock; an error does not.
#[test]
fn poisoning() {
    let mutex = Mutex::new(1);
    let failed: Result<(), Refused> = (|| {
        with! { &mutex as mut guard => {
            *guard += 1;
            Err(Refused("no"))?;
        } }
        Ok(())
    })();
    assert!(failed.is_err() && !mutex.is_poisoned());
    assert!(mutex.try_lock().is_ok(), "it is free again");
    caught(|| {
        with! { &mutex as _guard => { resume_unwind(Box::new(())); } }
    });
    assert!(mutex.is_poisoned());
    let payload = caught(|| {
        with! { &mutex => {} }
    });
    let message = payload.downcast_ref::<String>().map(String::as_str);
    let message = message.or_else(|| payload.downcast_ref::<&str>().copied());
    assert!(message.unwrap().contains("poisoned"), "{message:?}");
}

#[context_manager]
fn yields_if(condition: bool) {
    if condition {
        yield_!();
    }
}

/// A panic of the library's own managers in enter is at the block, and not inside of the library.
#[test]
fn place_of_a_panic_in_enter() {
    let (me, places) = (thread::current().id(), Arc::new(Mutex::new(Vec::new())));
    let (before, seen) = (take_hook(), Arc::clone(&places));
    set_hook(Box::new(move |info| match info.location() {
        Some(place) if thread::current().id() == me => {
            seen.lock()
                .unwrap()
                .push((place.file().to_owned(), place.line()));
        }
        _ => before(info),
    }));

    let (mutex, mut once) = (Mutex::new(1), guard(1, |_, _| ()));
    let mut generator = Box::pin(yields_if(true));
    caught(|| with! { &mutex => { panic!() } });
    with! { &mut once => {} }
    with! { &mut generator => {} }
    let line = line!();
    caught(|| with! { &mutex => {} });
    caught(|| with! { guard(1, |_, _| ()), &mutex => {} });
    caught(|| (&mutex).with(|_| ()));
    caught(|| with! { &mut once => {} });
    caught(|| with! { &mut generator => {} });
    caught(|| with! { yields_if(false) => {} });
    caught(|| yields_if(false).with(|()| ()));
    let expected: Vec<_> = (1..8).map(|n| (file!().to_owned(), line + n)).collect();
    let places = std::mem::take(&mut *places.lock().unwrap());
    drop(take_hook());
    assert_eq!(places[1..], expected);
}
