//! Ways of leaving, with the exit awaited.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use cm_runtime::exit_stack::BoxError;
use cm_runtime::{
    AsyncContextManager, AsyncExitStack, AsyncManager, LostError, Outcome, Owned, context_manager,
    with,
};
use cm_tests::async_managers::{pause, run};
use cm_tests::managers::{Log, Refused};

#[test]
fn the_order_of_events() {
    let log = Log::new();
    let length = run(async {
        with! { async log.async_plain("a") as text => {
            text.push('!');
            pause().await;
            log.say("body");
            text.len()
        } }
    });
    assert_eq!(length, 2);
    let expected = [
        "entering a",
        "entered a",
        "body",
        "exiting a: End",
        "exited a",
    ];
    assert_eq!(log.take(), expected);
}

#[test]
fn a_struct_is_awaited_in_place() {
    struct Later {
        value: u8,
    }
    impl IntoFuture for Later {
        type Output = Option<u8>;
        type IntoFuture = std::future::Ready<Option<u8>>;
        fn into_future(self) -> Self::IntoFuture {
            std::future::ready(self.value.checked_sub(1))
        }
    }
    async fn sum(log: &Log) -> Option<u8> {
        with! { async log.async_plain("a") => {
            let two = Later { value: 3 }.await?;
            Some(two + Later { value: 1 }.await?)
        } }
    }
    let log = Log::new();
    assert_eq!(run(sum(&log)), Some(2));
    assert_eq!(log.take().len(), 4);
}

#[test]
fn each_leave() {
    async fn question(log: &Log) -> Result<u8, Refused> {
        with! { async log.async_plain("a") => {
            Err(Refused("no"))?;
            Ok(1)
        } }
    }
    async fn returned(log: &Log) -> u8 {
        with! { async log.async_plain("a") => {
            if log.take().len() == 2 {
                return 1;
            }
        } };
        2
    }
    async fn jumps(log: &Log) -> u8 {
        let value = loop {
            with! { async log.async_plain("a") => {
                break 7;
            } }
        };
        #[allow(clippy::never_loop, reason = "that is what is tested")]
        'outer: for round in 0.. {
            loop {
                with! { async log.async_plain("b") => {
                    if round == 0 {
                        continue 'outer;
                    }
                    break 'outer;
                } }
            }
        }
        value
    }
    let log = Log::new();
    assert_eq!(run(question(&log)), Err(Refused("no")));
    let events = [
        "entering a",
        "entered a",
        "exiting a: Failed(no)",
        "exited a",
    ];
    assert_eq!(log.take(), events);
    assert_eq!(run(returned(&log)), 1);
    assert_eq!(log.take(), ["exiting a: Return", "exited a"]);
    assert_eq!(run(jumps(&log)), 7);
    let events = [
        "entering a",
        "entered a",
        "exiting a: Break",
        "exited a",
        "entering b",
        "entered b",
        "exiting b: Continue",
        "exited b",
        "entering b",
        "entered b",
        "exiting b: Break",
        "exited b",
    ];
    assert_eq!(log.take(), events);
}

#[test]
fn mixed_with_sync_managers() {
    async fn both(log: &Log) -> Result<(), Refused> {
        with! {
            log.plain("a"),
            async log.async_fallible("b")? as _value,
            log.fallible("c")? as _other,
            async log.async_plain("d") as text,
        => {
            log.say(format!("body {text}"));
            pause().await;
        } }
        Ok(())
    }
    let log = Log::new();
    run(both(&log)).unwrap();
    let events = [
        "enter a",
        "entering b",
        "entered b",
        "enter c",
        "entering d",
        "entered d",
        "body d",
        "exiting d: End",
        "exited d",
        "drop value",
        "exit c: End",
        "drop value",
        "exiting b: End",
        "exited b",
        "exit a: End",
    ];
    assert_eq!(log.take(), events);
}

#[test]
fn the_second_spelling() {
    async fn both(log: &Log) -> Result<usize, Refused> {
        with!(
            text = async { log.async_plain("a") },
            _value = async { log.async_fallible("b")? },
            {
                pause().await;
                Ok(text.len())
            }
        )
    }
    let log = Log::new();
    assert_eq!(run(both(&log)), Ok(1));
    assert_eq!(log.take()[6..], ["exited b", "exiting a: End", "exited a"]);
}

#[test]
fn verdicts() {
    let log = Log::new();
    let block = run(async {
        with! { async log.async_suppressing("a") => try {
            Err::<u8, _>(Refused("no"))?
        } }
    });
    assert_eq!(block, None::<Result<u8, Refused>>);
    let block = run(async {
        with! { async log.async_fallible("a").refusing_exit("late") => { 1 } }
    });
    assert_eq!(block, Err(Refused("late")));
    let block = run(async {
        with! { async log.async_fallible("a").refusing_enter("early") => { 1 } }
    });
    assert_eq!(block, Err(Refused("early")));
    let block = run(async {
        with! { async log.async_both("a", Err(Refused("late"))) => { 1 } }
    });
    assert_eq!(block, Err(Refused("late")));
}

#[test]
fn a_caught_panic() {
    let log = Log::new();
    let caught = catch_unwind(AssertUnwindSafe(|| {
        run(async {
            with! { async log.async_plain("a"), async log.async_plain("b") => catch {
                pause().await;
                panic!("no")
            } }
        })
    }));
    assert!(caught.is_err());
    let events = [
        "entering a",
        "entered a",
        "entering b",
        "entered b",
        "exiting b: Panicked(no)",
        "exited b",
        "exiting a: Panicked(no)",
        "exited a",
    ];
    assert_eq!(log.take(), events);
}

#[test]
fn a_panic_cancels() {
    let log = Log::new();
    let caught = catch_unwind(AssertUnwindSafe(|| {
        run(async {
            with! { log.plain("a"), async log.async_plain("b") => {
                pause().await;
                panic!("no")
            } }
        })
    }));
    assert!(caught.is_err());
    let events = [
        "enter a",
        "entering b",
        "entered b",
        "cancel b: Panicked",
        "exit a: Panicked",
    ];
    assert_eq!(log.take(), events);
}

#[test]
fn a_closure() {
    let log = Log::new();
    let length = run(log.async_plain("a").with(async |text| {
        pause().await;
        text.len()
    }));
    assert_eq!(length, 1);
    let tried = run(log
        .async_fallible("a")
        .try_with(async |_value| Err::<(), _>(Refused("no"))));
    assert_eq!(tried, Ok(Err(Refused("no"))));
    let tried = run(log
        .async_fallible("a")
        .refusing_enter("early")
        .with(async |_value| 1));
    assert_eq!(tried, Err(Refused("early")));
}

/// A listener is told of the manager that it was put on.
#[test]
fn an_error_that_is_lost_to_a_listener() {
    let log = Log::new();
    let mut told = None;
    let block = run(async {
        let manager = log.async_fallible("m").refusing_exit("full");
        let manager = manager.on_lost(|lost| told = Some((lost.manager(), lost.to_string())));
        with! { async manager => { Err::<(), _>(Refused("body")) } }
    });
    assert_eq!(block, Ok(Err(Refused("body"))));
    let (manager, line) = told.expect("it is told");
    assert_eq!(manager, "cm_tests::async_managers::AsyncFallible");
    assert!(line.contains("full (the body had failed: body)"), "{line}");
}

/// Also where the manager is an optional one; the error of one that fails does not replace the body's.
#[test]
fn an_error_that_an_optional_manager_loses() {
    struct Listens(Log);
    impl AsyncContextManager for Listens {
        type Lends = Owned<()>;
        type Exit = Result<(), Refused>;
        async fn enter(&mut self) -> Result<(), Refused> {
            Ok(())
        }
        async fn exit(&mut self, _: Outcome<'_>) -> Result<(), Refused> {
            Err(Refused("full"))
        }
        fn lost(&mut self, lost: &LostError<'_>) {
            self.0.say(lost.to_string());
        }
    }
    let log = Log::new();
    let block = run(async {
        with! { async Some(Listens(log.clone())) => { Err::<(), _>(Refused("body")) } }
    });
    assert_eq!(block, Ok(Err(Refused("body"))));
    let [line] = &log.take()[..] else {
        panic!("it is told once")
    };
    assert!(line.contains("full (the body had failed: body)"), "{line}");
}

/// A generator can have one where it is, and a stack can hold that.
#[test]
fn a_listener_of_a_generator() {
    #[context_manager(yields = &mut String)]
    async fn sour(name: &str) -> Result<(), Refused> {
        let mut own = String::from(name);
        pause().await;
        let outcome = yield_!(&mut own);
        pause().await;
        outcome.is_success().then_some(()).ok_or(Refused("sour"))
    }
    let lost = Cell::new(0);
    let listened = run(async {
        with! { async sour("a").on_lost(|_| lost.set(lost.get() + 1)) as own => {
            own.push('b');
            pause().await;
            Err::<(), _>(Refused("body"))
        } }
    });
    assert_eq!((listened, lost.get()), (Ok(Err(Refused("body"))), 1));

    let length = run(async {
        with! { async AsyncExitStack::new()? as stack => {
            let own = stack.enter(sour("a").on_lost(|lost| panic!("{lost}"))).await?;
            own.push('b');
            pause().await;
            Ok::<_, BoxError>(own.len())
        } }
    });
    assert_eq!(length.unwrap(), 2);
}
