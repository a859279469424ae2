//! Enter, exit and cancel where they do not belong; frames that are dropped or panic there.

use std::future::Future;
use std::mem::ManuallyDrop;
use std::panic::resume_unwind;
use std::pin::{Pin, pin};

use cm_runtime::{AsyncManager, Mut, Outcome, context_manager, with};
use cm_tests::async_managers::{cut_after, pause, poll, run};
use cm_tests::managers::{Log, Refused};

use super::{bytes, message};

type Bytes<'l> = Pin<Box<dyn Future<Output = Result<&'l mut Vec<u8>, Refused>> + 'l>>;

/// Boxed, so that it can be leaked.
fn enter<M>(manager: Pin<&mut M>) -> Bytes<'_>
where
    M: AsyncManager<Lends = Mut<Vec<u8>>, Exit = Result<(), Refused>>,
{
    Box::pin(manager.drive_enter())
}

#[test]
fn exit_without_enter() {
    let log = Log::new();
    let mut manager = pin!(bytes(&log));
    let exit = message(|| run(manager.as_mut().drive_exit(Outcome::Cancelled)));
    assert!(exit.contains("without having been entered"), "{exit}");
    assert!(log.take().is_empty());
    // It has not begun: it can still be entered.
    assert_eq!(run(enter(manager.as_mut())).unwrap().len(), 3);
}

#[test]
fn exit_twice() {
    let log = Log::new();
    let mut manager = pin!(bytes(&log));
    run(enter(manager.as_mut())).unwrap().push(4);
    run(manager.as_mut().drive_exit(Outcome::Cancelled)).unwrap();
    assert_eq!(log.take(), ["Cancelled [1, 2, 3, 4]", "end", "drop local"]);
    let exit = message(|| run(manager.as_mut().drive_exit(Outcome::Cancelled)));
    assert!(exit.contains("without having been entered"), "{exit}");
    assert!(manager.drive_cancel(Outcome::Cancelled).is_none());
    assert!(log.take().is_empty());
}

#[test]
fn enter_twice() {
    let log = Log::new();
    let told = message(|| {
        run(async {
            let mut manager = pin!(bytes(&log));
            with! { async manager.as_mut() as bytes => { bytes.clear(); } }.unwrap();
            with! { async manager.as_mut() as bytes => { bytes.clear(); } }.unwrap();
        });
    });
    assert!(told.contains("entered again"), "{told}");
    assert_eq!(log.take(), ["End []", "end", "drop local"]);
}

#[test]
fn enter_while_it_is_entered() {
    let log = Log::new();
    let mut manager = pin!(bytes(&log));
    run(enter(manager.as_mut())).unwrap().push(4);
    let told = message(|| run(enter(manager.as_mut())));
    assert!(told.contains("entered again"), "{told}");
    run(manager.as_mut().drive_exit(Outcome::Cancelled)).unwrap();
    assert_eq!(log.take()[0], "Cancelled [1, 2, 3, 4]");
}

#[test]
fn an_enter_that_is_dropped_half_way() {
    let log = Log::new();
    let mut manager = pin!(bytes(&log));
    drop(enter(manager.as_mut()));
    assert!(log.take().is_empty(), "it was never polled");
    {
        let mut enter = enter(manager.as_mut());
        assert!(poll(enter.as_mut()).is_pending());
    }
    assert_eq!(log.take(), ["drop local"]);
    let told = message(|| run(enter(manager.as_mut())));
    assert!(told.contains("entered again"), "{told}");
}

/// Polls it once and leaks it: nothing tells the generator that it is not polled any more.
fn leak(future: impl Future + Unpin) {
    let mut future = ManuallyDrop::new(future);
    assert!(poll(Pin::new(&mut *future)).is_pending());
}

#[test]
fn an_enter_that_is_leaked_half_way() {
    let log = Log::new();
    {
        let mut manager = pin!(bytes(&log));
        leak(manager.as_mut().drive_enter());
        let told = message(|| run(enter(manager.as_mut())));
        assert!(told.contains("entered again"), "{told}");
        let told = message(|| run(manager.as_mut().drive_exit(Outcome::Cancelled)));
        assert!(told.contains("without having been entered"), "{told}");
        assert!(log.take().is_empty());
    }
    assert_eq!(log.take(), ["drop local"]);
}

#[test]
fn cancel_in_each_phase() {
    let log = Log::new();
    let cancel = |mut manager: Pin<&mut _>| {
        for _ in 0..2 {
            let verdict = AsyncManager::drive_cancel(Pin::as_mut(&mut manager), Outcome::Cancelled);
            assert_eq!(verdict, None);
        }
        let told = message(|| run(enter(Pin::as_mut(&mut manager))));
        assert!(told.contains("entered again"), "{told}");
        log.take()
    };
    // Before enter it is dropped.
    assert!(cancel(pin!(bytes(&log))).is_empty());
    // In enter too.
    let mut entering = pin!(bytes(&log));
    leak(entering.as_mut().drive_enter());
    assert_eq!(cancel(entering), ["drop local"]);
    // At the yield it is polled once.
    let mut lent = pin!(bytes(&log));
    run(enter(lent.as_mut())).unwrap();
    assert_eq!(cancel(lent), ["Cancelled [1, 2, 3]", "drop local"]);
    // In exit it is dropped.
    let mut exiting = pin!(bytes(&log));
    run(enter(exiting.as_mut())).unwrap();
    {
        let mut exit = pin!(exiting.as_mut().drive_exit(Outcome::Cancelled));
        assert!(poll(exit.as_mut()).is_pending());
    }
    assert_eq!(cancel(exiting), ["Cancelled [1, 2, 3]", "drop local"]);
}

#[test]
fn polled_behind_its_end() {
    let log = Log::new();
    let mut manager = pin!(bytes(&log));
    let told = message(|| {
        let mut entering = enter(manager.as_mut());
        assert!(poll(entering.as_mut()).is_pending());
        assert!(poll(entering.as_mut()).is_ready());
        drop(poll(entering.as_mut()));
    });
    assert!(told.contains("entered again"), "{told}");
    let mut exit = pin!(manager.as_mut().drive_exit(Outcome::Cancelled));
    assert!(poll(exit.as_mut()).is_pending());
    assert!(poll(exit.as_mut()).is_ready());
    assert!(message(|| poll(exit)).contains("exited"));
}

/// Entered, and then dropped without exit: its frame is dropped where it stands.
#[test]
fn dropped_while_it_is_entered() {
    let log = Log::new();
    {
        let mut manager = pin!(bytes(&log));
        run(enter(manager.as_mut())).unwrap().push(4);
        assert!(log.take().is_empty());
    }
    assert_eq!(log.take(), ["drop local"]);
}

#[test]
fn forgotten_while_it_is_entered() {
    let log = Log::new();
    let mut manager = ManuallyDrop::new(Box::pin(bytes(&log)));
    run(enter(manager.as_mut())).unwrap().push(4);
    assert!(log.take().is_empty());
    // Remembered, so that the tools that look for leaks find none.
    drop(ManuallyDrop::into_inner(manager));
    assert_eq!(log.take(), ["drop local"]);
}

/// Panics in the poll with that number, counted over enter and exit.
#[context_manager(yields = &mut u8)]
async fn panics(log: &Log, phase: u8) -> Result<(), Refused> {
    let (_local, mut own) = (log.noisy("local"), 7);
    let now = |at| {
        if phase == at {
            resume_unwind(Box::new(format!("{at}")));
        }
    };
    now(0);
    pause().await;
    now(1);
    yield_!(&mut own);
    now(2);
    pause().await;
    now(3);
    Ok(())
}

#[test]
fn a_panic_in_each_phase() {
    for phase in 0..4 {
        let log = Log::new();
        let told = message(|| {
            let block = run(async {
                with! { log.plain("m"), async panics(&log, phase) as n => { *n += 1; } }
            });
            assert_eq!(block, Ok(()));
        });
        assert_eq!(told, phase.to_string());
        assert_eq!(log.take(), ["enter m", "drop local", "exit m: Panicked"]);
    }
}

/// A future that has panicked is polled again, and its generator is driven on: the frame is gone.
#[test]
fn driven_on_behind_a_panic() {
    let log = Log::new();
    let mut manager = pin!(panics(&log, 0));
    {
        let mut entering = pin!(manager.as_mut().drive_enter());
        assert_eq!(message(|| poll(entering.as_mut())), "0");
        assert_eq!(log.take(), ["drop local"]);
        assert!(!message(|| poll(entering)).is_empty());
    }
    let mut manager = pin!(panics(&log, 2));
    assert_eq!(*run(manager.as_mut().drive_enter()).unwrap(), 7);
    {
        let mut exiting = pin!(manager.as_mut().drive_exit(Outcome::Cancelled));
        assert_eq!(message(|| poll(exiting.as_mut())), "2");
        assert_eq!(log.take(), ["drop local"]);
        assert!(!message(|| poll(exiting)).is_empty());
    }
    assert!(manager.as_mut().drive_cancel(Outcome::Cancelled).is_none());
    let told = message(|| run(manager.as_mut().drive_enter()));
    assert!(told.contains("entered again"), "{told}");
    assert!(log.take().is_empty());
}

/// The frame panics at the one poll of a cancelled exit: the panic is the one of that drop, and the
/// frame is gone all the same. While another panic unwinds it is caught.
#[test]
fn a_panic_in_a_cancelled_exit() {
    let block = |log: Log, ends| async move {
        with! { log.plain("m"), async panics(&log, 2) as n => {
            *n += 1;
            pause().await;
            resume_unwind(Box::new(ends))
        } }
    };
    let log = Log::new();
    let told = message(|| cut_after(2, block(log.clone(), "body")));
    assert_eq!(told, "2");
    let events = ["enter m", "drop local", "exit m: Cancelled"];
    assert_eq!(log.take(), events);
    let (told, lost) = cm_runtime::lost::capture(|| message(|| run(block(log.clone(), "body"))));
    assert_eq!(
        (told.as_str(), lost.len(), lost[0].panicked),
        ("body", 1, true)
    );
    assert_eq!(log.take(), ["enter m", "drop local", "exit m: Panicked"]);
}

/// Generators in a generator: each finds its own slot.
#[test]
fn generators_in_generators() {
    #[context_manager(yields = &mut Vec<u8>)]
    async fn outer(log: &Log) -> Result<(), Refused> {
        with! { async bytes(log)? as below, async Box::pin(bytes(log))? as other => {
            pause().await;
            below.append(other);
            let outcome = yield_!(below);
            log.say(format!("outer {}", outcome.is_success()));
            other.push(9);
        } }
        Ok(())
    }
    let log = Log::new();
    let block = run(async {
        with! { async outer(&log)? as list, async outer(&log)? as other => {
            list.append(other);
            Ok::<_, Refused>(list.len())
        } }
    });
    assert_eq!(block, Ok(12));
    let inner = |bytes: &str| [format!("End {bytes}"), "end".into(), "drop local".into()];
    let mut expected = vec![String::from("outer true")];
    expected.extend(inner("[9]"));
    expected.extend(inner("[]"));
    expected.push("outer true".into());
    expected.extend(inner("[9]"));
    expected.extend(inner("[1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]"));
    assert_eq!(log.take(), expected);
}

/// What `crate = ..` can name instead of the library: its `with!` drops the body after one poll, and
/// goes on.
mod other {
    pub(super) use cm_runtime::{__private, AsyncGenerator, Lend};

    macro_rules! once {
        (@$passing:ident; $none:tt => $body:tt) => {{
            let mut body = Box::pin(async $body);
            let once = |context: &mut std::task::Context<'_>| {
                let _ = std::future::Future::poll(body.as_mut(), context);
                std::task::Poll::Ready(())
            };
            std::future::poll_fn(once).await;
            drop(body);
            std::future::pending::<()>().await
        }};
    }
    pub(super) use once as with;
}

/// A yield that goes in the poll in which it has lent: its value goes to nobody.
#[test]
fn a_yield_that_goes_while_it_lends() {
    #[context_manager(yields = &String, crate = crate::attacks::phases::other)]
    async fn awaits() {
        with! { () => { let own = String::from("a string on the heap"); yield_!(&own); } }
    }
    let log = Log::new();
    let mut block = pin!(async {
        with! { async awaits() as text => { log.say(&text[..]); } }
    });
    for _ in 0..2 {
        assert!(poll(block.as_mut()).is_pending());
    }
    assert!(log.take().is_empty(), "the body does not run");
}
