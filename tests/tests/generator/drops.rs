//! What is dropped, when, and how often; panics in each phase.

use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;

use cm_runtime::{Manager, context_manager, with};
use cm_tests::managers::{Log, Noisy, Refused};

#[context_manager(yields = Noisy)]
fn noisy(log: &Log, _first: Noisy, second: Noisy) {
    let _local = log.noisy("local");
    let outcome = yield_!(log.noisy("value"));
    log.say(format!("exit: {}", outcome.is_success()));
    drop(second);
}

fn make(log: &Log) -> impl Manager<Exit = ()> {
    noisy(log, log.noisy("first"), log.noisy("second"))
}

/// The body's locals, the value, exit, the function's locals, its arguments in the
/// reverse of their order, as in a function.
#[test]
fn order() {
    let log = Log::new();
    with! { make(&log) as _value => {
        let _inside = log.noisy("inside");
        log.say("body");
    } }
    log.say("after");
    let told = [
        "body",
        "drop inside",
        "drop value",
        "exit: true",
        "drop second",
        "drop local",
        "drop first",
        "after",
    ];
    assert_eq!(log.take(), told);
}

/// The same order as the plain function has, for every kind of parameter.
#[test]
fn order_of_arguments_is_that_of_a_function() {
    fn plain(_a: Noisy, (b, _): (Noisy, Noisy), _: Noisy, d: Noisy) {
        let _ = (&b, &d);
    }
    #[context_manager]
    fn generator(_a: Noisy, (b, _): (Noisy, Noisy), _: Noisy, d: Noisy) {
        let _ = (&b, &d);
        yield_!();
    }
    let (here, there) = (Log::new(), Log::new());
    let n = |log: &Log, name| log.noisy(name);
    let l = &here;
    plain(n(l, "a"), (n(l, "b"), n(l, "c")), n(l, "_"), n(l, "d"));
    let l = &there;
    let manager = generator(n(l, "a"), (n(l, "b"), n(l, "c")), n(l, "_"), n(l, "d"));
    assert!(there.take().is_empty());
    with! { manager => {} }
    assert_eq!(here.take(), there.take());
}

#[test]
fn never_entered() {
    let log = Log::new();
    drop(make(&log));
    assert_eq!(log.take(), ["drop second", "drop first"]);
}

/// Entered, and then dropped without exit: its frame is dropped where it stands.
#[test]
fn dropped_while_entered() {
    let log = Log::new();
    {
        let manager = pin!(make(&log));
        drop(manager.drive_enter().ok());
        log.say("entered");
    }
    let told = [
        "drop value",
        "entered",
        "drop local",
        "drop second",
        "drop first",
    ];
    assert_eq!(log.take(), told);
}

/// Entered, and then forgotten: nothing runs, and nothing is freed under its feet.
#[test]
fn forgotten_while_entered() {
    let log = Log::new();
    let mut manager = ManuallyDrop::new(Box::pin(make(&log)));
    drop(manager.as_mut().drive_enter().ok());
    assert_eq!(log.take(), ["drop value"]);
    // Remembered, so that the tools that look for leaks find none.
    drop(ManuallyDrop::into_inner(manager));
    assert_eq!(log.take(), ["drop local", "drop second", "drop first"]);
}

#[context_manager]
fn panics(log: &Log, phase: u8) -> Result<(), Refused> {
    let _local = log.noisy("local");
    if phase == 0 {
        resume_unwind(Box::new("before"));
    }
    yield_!();
    if phase == 1 {
        resume_unwind(Box::new("after"));
    }
    Ok(())
}

#[test]
fn panics_in_each_phase() {
    let run = |phase, body: fn()| {
        let log = Log::new();
        let block = || with! { log.plain("m"), panics(&log, phase) => { body() } };
        let payload = catch_unwind(AssertUnwindSafe(block)).err();
        let payload = payload.map(|payload| *payload.downcast::<&str>().unwrap());
        (payload, log.take())
    };
    let fine = || ();
    let before = ["enter m", "drop local", "exit m: Panicked"].map(String::from);
    assert_eq!(run(0, fine), (Some("before"), before.to_vec()));
    assert_eq!(run(1, fine), (Some("after"), before.to_vec()));
    let ended = ["enter m", "drop local", "exit m: End"].map(String::from);
    assert_eq!(run(2, fine), (None, ended.to_vec()));
    // A panic of the body: exit runs, and a second panic is caught.
    let body = || resume_unwind(Box::new("body"));
    assert_eq!(run(2, body), (Some("body"), before.to_vec()));
    let (second, lost) = cm_runtime::lost::capture(|| run(1, body));
    assert_eq!(second, (Some("body"), before.to_vec()));
    assert_eq!((lost[0].panicked, lost[0].error.as_str()), (true, "after"));
}

/// A panic in the drop of the lent value: exit runs as for any panic of the body.
#[test]
fn panic_in_the_drop_of_the_value() {
    struct Bomb(Log);
    impl Drop for Bomb {
        fn drop(&mut self) {
            self.0.say("drop bomb");
            if !std::thread::panicking() {
                resume_unwind(Box::new("bomb"));
            }
        }
    }
    #[context_manager(yields = Bomb)]
    fn bombs(log: &Log) {
        let _local = log.noisy("local");
        let outcome = yield_!(Bomb(log.clone()));
        log.say(format!("exit: {}", outcome.is_success()));
    }
    let log = Log::new();
    let block = || with! { bombs(&log) as _bomb => { log.say("body"); } };
    assert!(catch_unwind(AssertUnwindSafe(block)).is_err());
    assert_eq!(
        log.take(),
        ["body", "drop bomb", "exit: false", "drop local"]
    );
}
