//! What a stack holds, in which order it exits, and what each entry is told.

use std::cell::{Cell, RefCell};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use cm_runtime::{ExitStack, Inspecting, Leave, Outcome, Suppress, context_manager, lost, with};
use cm_tests::managers::{Log, Refused, told};

type Failing = Result<(), cm_runtime::exit_stack::BoxError>;

/// An empty stack does nothing, and lets a failure pass.
#[test]
fn empty() {
    with! { ExitStack::<()>::with_verdict() => {} }
    assert!(ExitStack::new().close().is_ok());
    let failed = with! { ExitStack::new() => { Err::<(), _>(Refused("no")) } };
    assert_eq!(failed.unwrap(), Err(Refused("no")));
}

/// Callbacks run in the reverse of their order, with what they capture, whatever the
/// outcome.
#[test]
fn callbacks() {
    let log = Log::new();
    let run = |failure: Option<Refused>| {
        with! { ExitStack::new() as stack => {
            for name in ["a", "b"] {
                let log = &log;
                stack.callback(move || log.say(name));
            }
            failure.map_or(Ok(()), Err)
        } }
    };
    assert!(run(None).unwrap().is_ok());
    assert_eq!(log.take(), ["b", "a"]);
    assert!(run(Some(Refused("no"))).unwrap().is_err());
    assert_eq!(log.take(), ["b", "a"]);
}

/// A manager that keeps a reference into itself, whose value is used until the stack is closed or dropped. Under Miri
/// this shows that the stack claims nothing in it meanwhile.
#[test]
fn references_that_are_kept() {
    #[context_manager(yields = &mut [u8; 2])]
    fn kept(out: &Cell<[u8; 2]>) {
        let mut bytes = [1, 0];
        let kept = &mut bytes;
        let outcome = yield_!(&mut *kept);
        kept[0] += u8::from(outcome.is_success());
        out.set(bytes);
    }
    for (end, expected) in [("close", [2, 7]), ("drop", [1, 7]), ("panic", [1, 7])] {
        let (first, second) = (Cell::default(), Cell::default());
        let block = AssertUnwindSafe(|| {
            let stack = ExitStack::<()>::with_verdict();
            let one = stack.enter(kept(&first));
            let other = stack.enter(kept(&second));
            one[1] = 7;
            other[1] = 7;
            if end == "panic" {
                stack.callback(|| resume_unwind(Box::new(())));
            }
            if end != "drop" {
                stack.close();
            }
        });
        assert_eq!(catch_unwind(block).is_err(), end == "panic");
        assert_eq!([first.get(), second.get()], [expected; 2], "{end}");
    }
}

/// Each entry is told the outcome as those further in have left it.
#[test]
fn outcome_as_it_was_changed() {
    let log = Log::new();
    let block: Result<_, Refused> = (|| {
        Ok(with! { ExitStack::<Suppress>::with_verdict() as stack => {
            stack.push(|_, outcome| log.say(format!("a {}", told(outcome))));
            stack.push(|_, outcome| {
                log.say(format!("b {}", told(outcome)));
                Suppress::when(outcome.is::<Refused>())
            });
            stack.push(|_, outcome| log.say(format!("c {}", told(outcome))));
            stack.push_exit(log.suppressing("d").letting_through());
            Err(Refused("no"))?;
        } })
    })();
    assert_eq!(block, Ok(None::<()>));
    let told = [
        "exit d: Failed(no)",
        "c Failed(no)",
        "b Failed(no)",
        "a End",
    ];
    assert_eq!(log.take(), told);
}

/// Managers are entered at once, and exit in their place among the callbacks; their values
/// stay usable while more are entered.
#[test]
fn managers() {
    let log = Log::new();
    let stack = ExitStack::new();
    let a = stack.enter(log.plain("a"));
    stack.callback(|| log.say("callback"));
    let b = stack.enter(log.fallible("b")).unwrap();
    for _ in 0..100 {
        stack.callback(|| ());
    }
    a.push('!');
    assert_eq!((a.as_str(), b.len()), ("a!", 5));
    drop(b);
    assert!(stack.close().is_ok());
    let told = [
        "enter a",
        "enter b",
        "drop value",
        "exit b: Close",
        "callback",
        "exit a: Close",
    ];
    assert_eq!(log.take(), told);
}

/// An enter that fails leaves the stack as it was.
#[test]
fn enter_fails() {
    let log = Log::new();
    let stack = ExitStack::new();
    stack.callback(|| log.say("callback"));
    let refused = stack.enter(log.fallible("m").refusing_enter("closed"));
    assert_eq!(refused.err(), Some(Refused("closed")));
    assert_eq!(stack.len(), 1);
    assert!(stack.close().is_ok());
    assert_eq!(log.take(), ["enter m", "callback"]);
}

/// Close runs the entries, once; `pop_all` moves them to a stack that outlives the
/// block.
#[test]
fn pop_all() {
    let log = Log::new();
    let kept = with! { ExitStack::<()>::with_verdict() as mut stack => {
        stack.enter(log.plain("m"));
        stack.callback(|| log.say("callback"));
        let kept = stack.pop_all();
        assert!(stack.is_empty());
        kept
    } };
    assert_eq!(log.take(), ["enter m"]);
    kept.close();
    assert_eq!(log.take(), ["callback", "exit m: Close"]);
}

/// An entry that suppresses, and one that does not.
#[test]
fn suppression() {
    let run = |answer| {
        let block: Result<Option<()>, Refused> = (|| {
            Ok(with! { ExitStack::<Suppress>::with_verdict() as stack => {
                stack.push(move |_, _| answer);
                Err(Refused("no"))?;
            } })
        })();
        block
    };
    assert_eq!(run(Suppress::Yes), Ok(None));
    assert_eq!(run(Suppress::No), Err(Refused("no")));
}

/// Many entries do not overflow the stack, closed or dropped.
#[test]
#[cfg_attr(miri, ignore = "it takes too long")]
fn fifty_thousand_entries() {
    let count = Cell::new(0_u32);
    let make = || {
        let stack = ExitStack::new();
        for _ in 0..50_000 {
            stack.callback(|| count.set(count.get() + 1));
        }
        stack
    };
    assert!(make().close().is_ok());
    drop(make());
    assert_eq!(count.get(), 100_000);
    let failing = ExitStack::new();
    for _ in 0..50_000 {
        failing.callback(|| Err(Refused("each")));
    }
    let error = failing.close().unwrap_err();
    let errors: &cm_runtime::exit_stack::ExitErrors = error.downcast_ref().unwrap();
    assert_eq!(errors.later().len(), 49_999);
}

/// A callback that a running one pushes runs next.
#[test]
fn pushed_while_running() {
    let log = Log::new();
    let stack = ExitStack::new();
    stack.callback(|| log.say("first"));
    stack.push(|stack, _| {
        log.say("pushes");
        stack.enter(log.plain("late"));
        stack.callback(|| log.say("pushed"));
    });
    assert!(stack.close().is_ok());
    let told = [
        "pushes",
        "enter late",
        "pushed",
        "exit late: Close",
        "first",
    ];
    assert_eq!(log.take(), told);
}

/// A stack that is dropped without a close exits its entries as failed: a `?` past it is no success.
#[test]
fn dropped() {
    fn run(log: &Log) -> Result<(), Refused> {
        let stack = ExitStack::<()>::with_verdict();
        stack.enter(log.plain("m"));
        Err(Refused("no"))?;
        stack.close();
        Ok(())
    }
    struct Destructor<'l>(&'l Log);
    impl Drop for Destructor<'_> {
        fn drop(&mut self) {
            assert!(run(self.0).is_err());
        }
    }
    let log = Log::new();
    assert!(run(&log).is_err());
    assert_eq!(log.take(), ["enter m", "exit m: Failed"]);
    let unwinds = || {
        let stack = ExitStack::<()>::with_verdict();
        stack.enter(log.plain("m"));
        resume_unwind(Box::new(()));
    };
    assert!(catch_unwind(AssertUnwindSafe(unwinds)).is_err());
    assert_eq!(log.take(), ["enter m", "exit m: Panicked"]);
    // In a destructor, while some other panic unwinds: that one is not the stack's.
    let unwinds = || {
        let _destructor = Destructor(&log);
        resume_unwind(Box::new(()));
    };
    assert!(catch_unwind(AssertUnwindSafe(unwinds)).is_err());
    assert_eq!(log.take(), ["enter m", "exit m: Failed"]);
    let ((), lost) = lost::capture(|| {
        let stack = ExitStack::new();
        stack.callback(|| Err(Refused("nobody asked")));
    });
    assert_eq!(lost[0].error, "nobody asked");
}

/// A panic in one entry does not stop the others; with a second one the process lives.
#[test]
fn panics() {
    let log = Log::new();
    let close = || {
        let stack = ExitStack::new();
        stack.enter(log.plain("a"));
        stack.callback(|| -> () { resume_unwind(Box::new("second")) });
        stack.callback(|| Err(Refused("lost")));
        stack.callback(|| -> () { resume_unwind(Box::new("first")) });
        stack.enter(log.plain("b"));
        let _ = stack.close();
    };
    let (caught, lost) = lost::capture(|| catch_unwind(AssertUnwindSafe(close)));
    assert_eq!(caught.unwrap_err().downcast_ref(), Some(&"first"));
    let told = ["enter a", "enter b", "exit b: Close", "exit a: Panicked"];
    assert_eq!(log.take(), told);
    let lost: Vec<_> = lost
        .iter()
        .map(|lost| (lost.panicked, lost.error.as_str()))
        .collect();
    assert_eq!(lost, [(false, "lost"), (true, "second")]);
}

/// After a panic in one entry the others run before it gets further, not when the stack is dropped.
#[test]
fn panics_of_a_stack_that_stays() {
    let log = Log::new();
    let mut stack = ExitStack::<()>::with_verdict();
    stack.enter(log.plain("a"));
    stack.callback(|| -> () { resume_unwind(Box::new("first")) });
    let caught = catch_unwind(AssertUnwindSafe(|| with! { &mut stack => {} }));
    assert_eq!(caught.unwrap_err().downcast_ref(), Some(&"first"));
    assert_eq!(log.take(), ["enter a", "exit a: Panicked"]);
    assert!(stack.is_empty());
}

/// A stack in a destructor, which runs while a panic unwinds or not: each entry is told what the newer ones have made of
/// the outcome.
#[test]
fn dropped_in_a_destructor() {
    struct Runs<'l>(&'l Log);
    impl Drop for Runs<'_> {
        fn drop(&mut self) {
            let log = self.0;
            let stack = ExitStack::<io::Result<Suppress>>::with_verdict();
            for (name, answer) in [
                ("a", Ok(Suppress::No)),
                ("b", Err(io::Error::other("b"))),
                ("c", Ok(Suppress::Yes)),
            ] {
                stack.push(move |_, outcome| {
                    log.say(format!("{name}: {}", told(outcome)));
                    answer
                });
            }
        }
    }
    let log = Log::new();
    let expected = ["c: Failed", "b: End", "a: Failed(b)"];
    let ((), lost) = lost::capture(|| drop(Runs(&log)));
    assert_eq!(
        (log.take(), lost.len()),
        (expected.map(String::from).into(), 1)
    );
    let unwinds = || {
        let _runs = Runs(&log);
        resume_unwind(Box::new(()));
    };
    let (caught, lost) = lost::capture(|| catch_unwind(AssertUnwindSafe(unwinds)));
    assert!(caught.is_err());
    assert_eq!(
        (log.take(), lost.len()),
        (expected.map(String::from).into(), 1)
    );
}

/// A manager that was dismissed does not exit. It is dropped all the same, and may panic then.
#[test]
fn dismissed_while_one_unwinds() {
    struct Bad;
    impl Drop for Bad {
        fn drop(&mut self) {
            panic!("in the drop");
        }
    }
    let log = Log::new();
    let unwinds = || {
        let stack = ExitStack::<()>::with_verdict();
        let bad = cm_runtime::contextlib::guard(Bad, |_, _| log.say("exit"));
        let (_, key) = stack.enter_keyed(bad);
        assert!(stack.dismiss_lent(key));
        resume_unwind(Box::new("body"));
    };
    let (caught, lost) = lost::capture(|| catch_unwind(AssertUnwindSafe(unwinds)));
    assert_eq!(caught.unwrap_err().downcast_ref(), Some(&"body"));
    assert_eq!(lost[0].error, "in the drop");
    assert!(log.take().is_empty(), "it does not exit");
}

/// What is adopted is dropped once, released or not.
#[test]
fn adopted_values() {
    let log = Log::new();
    let stack = ExitStack::new();
    stack.adopt(log.noisy("a"), |noisy| {
        log.say(format!("release {}", noisy.len()));
    });
    let key = stack.adopt(log.noisy("b"), |_| log.say("not released"));
    assert!(stack.dismiss(key));
    assert_eq!(log.take(), ["drop b"]);
    assert!(stack.close().is_ok());
    assert_eq!(log.take(), ["release 1", "drop a"]);
}

/// Managers of `#[context_manager]`, entries that are not `'static`, and stacks in stacks.
#[test]
fn generators_and_borrows() {
    #[context_manager(yields = &mut Vec<u8>)]
    fn collect(into: &RefCell<Vec<u8>>, first: u8) -> Result<(), Refused> {
        let mut own = vec![first];
        yield_!(&mut own);
        into.borrow_mut().append(&mut own);
        Ok(())
    }
    let into = RefCell::new(vec![]);
    let block: Failing = (|| {
        with! { ExitStack::new()? as outer => {
            let lists: Vec<_> = (0..3)
                .map(|n| outer.enter(collect(&into, n)))
                .collect::<Result<_, _>>()?;
            for list in lists {
                list.push(10);
            }
            let inner = ExitStack::new();
            inner.enter(collect(&into, 7))?.push(8);
            outer.callback(move || inner.close());
        } }
        Ok(())
    })();
    assert!(block.is_ok());
    assert_eq!(into.into_inner(), [7, 8, 2, 10, 1, 10, 0, 10]);
}

/// Each verdict, closed by hand.
#[test]
fn verdicts() {
    ExitStack::<()>::with_verdict().close();
    assert_eq!(ExitStack::<Suppress>::with_verdict().close(), Some(()));
    let both = ExitStack::<Result<Suppress, cm_runtime::exit_stack::BoxError>>::with_verdict();
    both.callback(|| ());
    both.push(|_, _| Suppress::Yes);
    both.push(|_, outcome| {
        assert!(outcome.is::<Refused>());
        Inspecting(())
    });
    both.callback(|| Err(Refused("suppressed")));
    assert_eq!(both.close().unwrap(), Some(()));
    let leave = Cell::new(None);
    let stack = ExitStack::<()>::with_verdict();
    stack.push(|_, outcome| {
        if let Outcome::Succeeded(how) = outcome {
            leave.set(Some(how));
        }
    });
    with! { stack => { } }
    assert_eq!(leave.take(), Some(Leave::End));
}

/// A caught panic can be suppressed by an entry, as by a manager.
#[test]
fn caught_panic() {
    let run = |answer| {
        catch_unwind(AssertUnwindSafe(|| {
            with! { ExitStack::<Suppress>::with_verdict() as stack => catch {
                stack.push(move |_, _| answer);
                resume_unwind(Box::new("body"))
            } }
        }))
    };
    assert_eq!(run(Suppress::Yes).ok(), Some(None::<()>));
    assert!(run(Suppress::No).is_err());
}
