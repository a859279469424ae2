//! `#[context_manager] async fn`.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use cm_runtime::{
    AsyncContextManager, AsyncErrorOf, AsyncManager, AsyncOutcomeOf, Lent, Mut, Outcome, Suppress,
    context_manager, with,
};
use cm_tests::async_managers::{cuts, pause, run};
use cm_tests::managers::{Log, Refused, told};

#[context_manager(yields = &mut Vec<u8>)]
async fn bytes(log: Log, first: u8) {
    let mut bytes = vec![first];
    pause().await;
    log.say("lend");
    let outcome = yield_!(&mut bytes);
    log.say(format!("back: {}, {bytes:?}", told(outcome)));
    pause().await;
    log.say("end");
}

#[test]
fn lends_between_awaits() {
    let log = Log::new();
    let length = run(async {
        with! { async bytes(log.clone(), 1) as bytes => {
            bytes.push(2);
            pause().await;
            bytes.push(3);
            bytes.len()
        } }
    });
    assert_eq!(length, 3);
    assert_eq!(log.take(), ["lend", "back: End, [1, 2, 3]", "end"]);
}

/// A reference to a local that is kept across the yield and the awaits, and lent; and one in the body, in what it awaits
/// there. Under Miri this shows that nothing else claims the frames meanwhile.
#[test]
fn references_that_are_kept() {
    #[context_manager(yields = &mut [u8; 2])]
    async fn kept(out: &mut [u8; 2]) {
        let mut bytes = [1, 0];
        let kept = &mut bytes;
        pause().await;
        kept[0] += 1;
        let outcome = yield_!(&mut *kept);
        kept[0] += u8::from(outcome.is_success());
        pause().await;
        kept[0] += 1;
        *out = bytes;
    }
    async fn add(to: &mut u8) {
        let mut sum = 3;
        let kept = &mut sum;
        pause().await;
        *kept += 4;
        *to = sum;
    }
    let mut out = [0; 2];
    run(async {
        with! { async kept(&mut out) as bytes => {
            let last = &mut bytes[1];
            add(last).await;
            *last += 1;
        } }
    });
    assert_eq!(out, [4, 8]);
}

#[test]
fn cut_at_each_await() {
    let cuts = cuts(|log| async move {
        with! { log.plain("a"), async bytes(log.clone(), 1) as bytes => {
            bytes.push(2);
            pause().await;
        } }
    });
    let expected: Vec<Vec<&str>> = vec![
        vec![],
        vec!["enter a", "exit a: Cancelled"],
        vec![
            "enter a",
            "lend",
            "back: Cancelled, [1, 2]",
            "exit a: Cancelled",
        ],
        vec!["enter a", "lend", "back: End, [1, 2]", "exit a: Cancelled"],
        vec!["enter a", "lend", "back: End, [1, 2]", "end", "exit a: End"],
    ];
    assert_eq!(cuts, expected);
}

#[test]
fn errors_and_suppression() {
    #[context_manager]
    async fn refusing(before: bool) -> Result<Suppress, Refused> {
        pause().await;
        if before {
            return Err(Refused("before"));
        }
        let outcome = yield_!();
        pause().await;
        if outcome.is::<Refused>() {
            return Ok(Suppress::Yes);
        }
        Err(Refused("after"))
    }
    let entered = run(async {
        with! { async refusing(true) => { 1 } }
    });
    assert_eq!(entered, Err(Refused("before")));
    let left = run(async {
        with! { async refusing(false) => { 1 } }
    });
    assert_eq!(left, Err(Refused("after")));
    let suppressed = run(async {
        with! { async refusing(false) => try { Err::<u8, _>(Refused("body"))? } }
    });
    assert_eq!(suppressed, Ok(None));
}

#[test]
fn an_outcome_kept_across_awaits() {
    #[context_manager]
    async fn kept(seen: &Cell<Option<String>>) {
        let outcome = yield_!();
        pause().await;
        seen.set(Some(told(outcome)));
    }
    async fn failing(seen: &Cell<Option<String>>) -> Result<(), Refused> {
        with! { async kept(seen) => {
            pause().await;
            Err(Refused("no"))
        } }
    }
    let seen = Cell::new(None);
    assert_eq!(run(failing(&seen)), Err(Refused("no")));
    assert_eq!(seen.take().unwrap(), "Failed(no)");
}

#[test]
fn a_panic_resumes_it_once() {
    let log = Log::new();
    let caught = catch_unwind(AssertUnwindSafe(|| {
        run(async {
            with! { async bytes(log.clone(), 1) as _bytes => {
                pause().await;
                panic!("no")
            } }
        })
    }));
    assert!(caught.is_err());
    assert_eq!(log.take(), ["lend", "back: Panicked, [1]"]);
}

#[test]
fn through_blocks_and_other_managers() {
    #[context_manager(yields = &mut String)]
    async fn nested(log: &Log) -> Result<(), Refused> {
        with! { log.plain("a") as text, async log.async_fallible("b")? as _value => {
            pause().await;
            let outcome = yield_!(text);
            log.say(told(outcome));
            if let Outcome::Failed(_) = outcome {
                return Err(Refused("seen"));
            }
        } }
        Ok(())
    }
    let log = Log::new();
    let length = run(async {
        with! { async nested(&log)? as text => { text.len() } };
        Ok::<_, Refused>(())
    });
    assert_eq!(length, Ok(()));
    let events = [
        "enter a",
        "entering b",
        "entered b",
        "End",
        "drop value",
        "exiting b: End",
        "exited b",
        "exit a: End",
    ];
    assert_eq!(log.take(), events);
    let cuts = cuts(|log| async move {
        with! { async nested(&log) as text => { text.push('!'); pause().await; } }.unwrap();
    });
    let cut_in_the_body = [
        "enter a",
        "entering b",
        "entered b",
        "Cancelled",
        "drop value",
        "exiting b: Cancelled",
        "cancel b: Cancelled",
        "exit a: Cancelled",
    ];
    assert_eq!(cuts[3], cut_in_the_body);
}

/// The second spelling around the yield, whose `async { .. }` is no async block.
#[test]
fn through_the_second_spelling() {
    #[context_manager(yields = &mut String)]
    async fn nested(log: &Log) -> Result<(), Refused> {
        with!(
            text = log.plain("a"),
            _value = async { log.async_fallible("b")? },
            _other = async {
                {
                    pause().await;
                    log.async_plain("c")
                }
            },
            {
                pause().await;
                yield_!(text);
            }
        );
        Ok(())
    }
    let log = Log::new();
    let block = run(async {
        with! { async nested(&log)? as text => { text.push('!'); }}
        Ok::<_, Refused>(())
    });
    assert_eq!(block, Ok(()));
    let events = ["exiting c: End", "exited c", "drop value"];
    assert_eq!(log.take()[5..8], events);
}

#[test]
fn methods_generics_and_boxes() {
    struct Pool(Vec<u32>);
    impl Pool {
        #[context_manager(yields = &mut T)]
        async fn with_default<T: Default>(
            &mut self,
            number: impl Into<u32>,
        ) -> Result<(), Refused> {
            let mut value = T::default();
            pause().await;
            let _outcome = yield_!(&mut value);
            self.0.push(number.into());
            Ok(())
        }
    }
    async fn boxed(manager: impl AsyncManager<Lends = Mut<String>, Exit = Result<(), Refused>>) {
        let mut manager = Box::pin(manager);
        with! { async &mut manager as text => { text.push('x'); } }.unwrap();
    }
    let mut pool = Pool(vec![]);
    run(boxed(pool.with_default(7_u8)));
    assert_eq!(pool.0, [7]);
}

#[test]
fn an_error_of_a_cancelled_exit_is_lost_to_who_listens() {
    #[context_manager]
    async fn failing() -> Result<(), Refused> {
        yield_!();
        Err(Refused("late"))
    }
    for boxed in [false, true] {
        let (_, lost) = cm_runtime::lost::capture(|| {
            let future = async {
                if boxed {
                    with! { async Box::pin(failing()) => { pause().await; } }
                } else {
                    with! { async failing() => { pause().await; } }
                }
            };
            cm_tests::async_managers::cut_after(1, future)
        });
        assert_eq!(lost.len(), 1);
        assert_eq!(lost[0].error, "late");
    }
}

/// A manager around another one that cancels it, and one that asks what has come of that.
struct Around<M>(M, Asks);

#[derive(Clone, Copy, PartialEq)]
enum Asks {
    Never,
    Always,
}

impl<M: AsyncContextManager> AsyncContextManager for Around<M> {
    type Lends = M::Lends;
    type Exit = M::Exit;

    async fn enter(&mut self) -> Result<Lent<'_, M::Lends>, AsyncErrorOf<M>> {
        self.0.enter().await
    }
    async fn exit(&mut self, outcome: AsyncOutcomeOf<'_, M>) -> M::Exit {
        self.0.exit(outcome).await
    }
    fn cancel(&mut self, outcome: AsyncOutcomeOf<'_, M>) {
        self.0.cancel(outcome);
    }
    fn cancelled(&mut self, outcome: AsyncOutcomeOf<'_, M>) -> Option<M::Exit> {
        if self.1 == Asks::Always {
            return self.0.cancelled(outcome);
        }
        self.cancel(outcome);
        None
    }
}

#[test]
fn an_error_of_a_cancelled_exit_is_lost_under_a_manager_around_it() {
    #[context_manager]
    async fn failing(log: Log) -> Result<(), Refused> {
        let outcome = yield_!();
        log.say(told(outcome));
        Err(Refused("late"))
    }
    for (asks, error) in [(Asks::Never, "Refused(\"late\")"), (Asks::Always, "late")] {
        let log = Log::new();
        let (entered, lost) = cm_runtime::lost::capture(|| {
            let manager = Around(Box::pin(failing(log.clone())), asks);
            let entered = line!() + 2;
            let future = async {
                with! { async manager => { pause().await; } }
            };
            cm_tests::async_managers::cut_after(1, future);
            entered
        });
        assert_eq!(log.take(), ["Cancelled"]);
        assert_eq!(lost.len(), 1);
        assert_eq!(lost[0].error, error);
        assert_eq!(lost[0].place.line() == entered, asks == Asks::Always);
        assert_eq!(lost[0].place.file(), file!());
    }
}
