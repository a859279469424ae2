//! Attacks on the protocol between a block and a generator that have to be harmless; those that
//! must not compile are in `ui/generator/`.

use std::cell::Cell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::thread;

use cm_runtime::{ExitStack, Manager, context_manager, with};
use cm_tests::managers::Log;

/// Is pending once, and keeps the waker that it was polled with.
struct Pause<'w>(bool, &'w Cell<Option<Waker>>);

impl Future for Pause<'_> {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        self.1.set(Some(context.waker().clone()));
        Poll::Pending
    }
}

macro_rules! pause {
    ($waker:expr) => {
        Pause(false, $waker).await
    };
}

fn message(f: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(f)).unwrap_err();
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload
            .downcast::<&str>()
            .map(|text| (*text).into())
            .unwrap_or_default(),
    }
}

/// An await that a macro hides, in front of the yield and behind it: the frame is dropped, there
/// is a clear panic, and a waker that was kept does nothing.
#[test]
fn hidden_awaits() {
    struct Local<'l>(&'l Log);
    impl Drop for Local<'_> {
        fn drop(&mut self) {
            let unwinds = thread::panicking();
            self.0.say(format!("drop local, unwinding: {unwinds}"));
        }
    }
    #[context_manager]
    fn pausing(log: &Log, waker: &Cell<Option<Waker>>, before: bool) {
        let _local = Local(log);
        if before {
            pause!(waker);
        }
        yield_!();
        pause!(waker);
    }
    for (before, place) in [(true, "before its yield"), (false, "after its yield")] {
        let (log, waker) = (Log::new(), Cell::new(None));
        let told = message(|| with! { pausing(&log, &waker, before) => { log.say("body"); } });
        assert!(
            told.contains(place) && told.contains("no `async fn`"),
            "{told}"
        );
        let lines = log.take();
        assert_eq!(lines.last().unwrap(), "drop local, unwinding: false");
        assert_eq!(lines.len(), if before { 1 } else { 2 });
        let waker = waker.take().unwrap();
        waker.wake_by_ref();
        waker.clone().wake();
    }
}

/// What is ready at once can be awaited by a macro: nothing is suspended.
#[test]
fn hidden_await_of_what_is_ready() {
    macro_rules! ready {
        ($value:expr) => {
            std::future::ready($value).await
        };
    }
    #[context_manager(yields = u8)]
    fn ready() {
        let n = ready!(7);
        yield_!(n);
        ready!(());
    }
    assert_eq!(with! { ready() as n => { n } }, 7);
}

/// The future of a hidden await lends its waker to threads, which catch panics under it, at once: what
/// the generator lends after that is handed out.
#[test]
fn hidden_await_that_catches_on_threads() {
    struct Catches;
    impl Future for Catches {
        type Output = ();
        fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
            let waker = context.waker();
            let catches = || {
                let block = pin!(async {
                    with! { ready() => catch {
                        std::future::ready(()).await;
                        resume_unwind(Box::new(()))
                    } }
                });
                let context = &mut Context::from_waker(waker);
                message(|| _ = block.poll(context));
            };
            thread::scope(|scope| {
                for thread in [(); 2].map(|()| scope.spawn(catches)) {
                    thread.join().unwrap();
                }
            });
            Poll::Ready(())
        }
    }
    #[context_manager]
    fn ready() {
        yield_!();
    }
    macro_rules! hidden {
        ($future:expr) => {
            $future.await
        };
    }
    #[context_manager(yields = &mut String)]
    fn lends(out: &mut String) {
        let mut own = String::from("own");
        hidden!(Catches);
        yield_!(&mut own);
        hidden!(Catches);
        out.push_str(&own);
    }
    let mut out = String::new();
    with! { lends(&mut out) as own => { own.push('!'); } }
    assert_eq!(out, "own!");
}

/// An outcome that is kept in a local whose drop reads it, while an await hidden behind the yield
/// makes exit pend.
#[test]
fn outcome_in_a_local_that_outlives_the_await() {
    struct Reads<'o>(&'o Log, Option<String>);
    impl Drop for Reads<'_> {
        fn drop(&mut self) {
            self.0.say(format!("read {:?}", self.1));
        }
    }
    #[context_manager]
    fn keeps(log: &Log, waker: &Cell<Option<Waker>>) {
        let outcome = yield_!();
        let _reads = Reads(log, outcome.error().map(ToString::to_string));
        pause!(waker);
        assert!(outcome.is_success());
    }
    let (log, waker) = (Log::new(), Cell::new(None));
    let told = message(|| {
        let _ = with! { keeps(&log, &waker) => { Err::<(), _>(std::fmt::Error) } };
    });
    assert!(told.contains("after its yield"), "{told}");
    assert_eq!(log.take().len(), 1);
}

#[context_manager(yields = &mut u8)]
fn counting(count: &mut u8) {
    let mut own = *count;
    yield_!(&mut own);
    *count = own;
}

#[test]
fn entered_again() {
    let mut count = 1;
    let told = message(|| {
        let mut manager = pin!(counting(&mut count));
        with! { manager.as_mut() as n => { *n += 1; } }
        with! { manager.as_mut() as n => { *n += 1; } }
    });
    assert!(told.contains("entered again"), "{told}");
    assert_eq!(count, 2);
}

#[test]
fn entered_again_while_it_is_entered() {
    let mut count = 1;
    let told = message(|| {
        let mut manager = pin!(counting(&mut count));
        *manager.as_mut().drive_enter().unwrap() += 1;
        let _ = manager.as_mut().drive_enter();
    });
    assert!(told.contains("entered again"), "{told}");
}

/// Neither before an enter nor after an exit.
#[test]
fn exited_without_having_been_entered() {
    let mut count = 1;
    let told = message(|| {
        let stack = ExitStack::<()>::with_verdict();
        stack.push_exit(Box::pin(counting(&mut count)));
        stack.close();
    });
    assert!(told.contains("without having been entered"), "{told}");
    let told = message(|| {
        let stack = ExitStack::<()>::with_verdict();
        let mut manager = Box::pin(counting(&mut count));
        with! { &mut manager => {} }
        stack.push_exit(manager);
        stack.close();
    });
    assert!(told.contains("without having been entered"), "{told}");
    assert_eq!(count, 1);
}

/// A yield that the function does not reach: enter does not succeed silently.
#[test]
fn returned_before_its_yield() {
    #[context_manager(yields = u8)]
    fn sometimes(yields: bool) -> Result<(), String> {
        if yields {
            yield_!(7);
        }
        Ok(())
    }
    assert_eq!(with! { sometimes(true) as n => { n } }, Ok(7));
    let log = Log::new();
    let told = message(|| {
        let _ = with! { sometimes(false) => { log.say("body"); } };
    });
    assert!(
        told.contains("::sometimes` returned before its yield"),
        "{told}"
    );
    // Where the `return` does not show that it returns no error.
    #[context_manager]
    fn checked(is_done: &Result<(), String>) -> Result<(), String> {
        if is_done.is_ok() {
            return is_done.clone();
        }
        yield_!();
        Ok(())
    }
    let told = message(|| {
        let _ = with! { checked(&Ok(())) => { log.say("body"); } };
    });
    assert!(
        told.contains("::checked` returned before its yield"),
        "{told}"
    );
    assert!(log.take().is_empty());
}

/// Generators in a generator: each finds its own channel.
#[test]
fn generators_in_generators() {
    #[context_manager(yields = &mut Vec<u32>)]
    fn level(n: u32, out: &mut Vec<u32>) {
        let mut list = vec![n];
        if n > 0 {
            // Boxed: the type of the frame would hold itself.
            let below: Pin<Box<dyn Manager<Lends = cm_runtime::Mut<Vec<u32>>, Exit = ()> + '_>> =
                Box::pin(level(n - 1, &mut list));
            with! { below as below => { below.push(n); } }
        }
        let mut own = [n, 100];
        yield_!(&mut list);
        own[0] += 1;
        list.push(own[0]);
        out.append(&mut list);
    }
    let mut out = vec![];
    with! { level(3, &mut out) as list => { list.push(1000); } }
    assert_eq!(out.first(), Some(&3));
    assert_eq!(out.len(), 2 + 3 * 3 + 1);
}
