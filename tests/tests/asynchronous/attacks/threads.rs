//! Generators that are polled on a thread of its own each time.

use std::any::Any;
use std::cell::Cell;
use std::error::Error;
use std::future::Future;
use std::panic::resume_unwind;
use std::task::Poll;
use std::thread;

use cm_runtime::{AsyncManager, Outcome, Panic, Suppress, context_manager, with};
use cm_tests::async_managers::{pause, poll};
use cm_tests::managers::{Log, Refused, told};

use super::{bytes, message};

fn run<F: Future<Output: Send> + Send>(future: F) -> F::Output {
    let mut future = Box::pin(future);
    loop {
        let future = future.as_mut();
        let polled = thread::scope(|scope| scope.spawn(|| poll(future)).join());
        match polled {
            Ok(Poll::Ready(output)) => return output,
            Ok(Poll::Pending) => {}
            Err(panic) => resume_unwind(panic),
        }
    }
}

#[test]
fn each_poll() {
    let log = Log::new();
    let block = run(async {
        with! { async bytes(&log)? as bytes => {
            bytes.push(4);
            pause().await;
            bytes.push(5);
        } }
        Ok::<_, Refused>(())
    });
    assert_eq!(block, Ok(()));
    assert_eq!(log.take(), ["End [1, 2, 3, 4, 5]", "end", "drop local"]);
}

#[context_manager]
async fn twice(log: &Log) {
    let outcome = yield_!();
    log.say(told(outcome));
    pause().await;
    log.say(told(outcome));
}

#[test]
fn an_error_that_is_not_sync() {
    async fn fails(log: &Log) -> Result<(), Box<dyn Error + Send>> {
        with! { async twice(log) => {
            let error: Box<dyn Error + Send> = Box::new(Refused("no"));
            Err(error)
        } }
    }
    let log = Log::new();
    assert!(run(fails(&log)).is_err());
    assert_eq!(log.take(), ["Failed(no)", "Failed"]);
}

#[test]
fn the_payload_of_a_panic() {
    #[context_manager]
    async fn sees(log: &Log) {
        let Outcome::Panicked(panic) = yield_!() else {
            unreachable!("it has panicked")
        };
        let payload = |panic: Panic<'_>| panic.payload().map(<dyn Any + Send>::is::<Cell<u8>>);
        log.say(format!("{:?}", payload(panic)));
        pause().await;
        log.say(format!("{:?}", payload(panic)));
    }
    let log = Log::new();
    let block = async {
        with! { async sees(&log) => catch { resume_unwind(Box::new(Cell::new(1_u8))) } }
    };
    assert_eq!(message(|| run(block)), "");
    assert_eq!(log.take(), ["Some(true)", "None"]);
}

/// An error that is `Sync` can be asked for its type anywhere; what is not known to be is asked in vain
/// for what it shows, and a downcast says so.
#[test]
fn the_type_of_an_error() {
    type Anywhere = Box<dyn Error + Send + Sync>;
    type Here = Box<dyn Error + Send>;
    #[context_manager]
    async fn inspects(log: &Log) -> Suppress {
        let outcome = yield_!();
        for _ in 0..2 {
            let shown = outcome.error().is_some() && outcome.static_error().is_some();
            log.say(format!("{shown}"));
            log.say(match outcome.downcast_ref::<Refused>() {
                Some(error) => error.0,
                None => "another",
            });
            pause().await;
        }
        Suppress::Yes
    }
    async fn fails<E: 'static>(log: &Log, error: E) -> Option<Result<(), E>> {
        inspects(log).try_with(async |()| Err(error)).await
    }
    let log = Log::new();

    run(async {
        with! { async inspects(&log) => { Err::<(), _>(Refused("a")) } }
    });
    assert_eq!(log.take(), ["true", "a", "true", "a"]);

    let boxed = || Anywhere::from(Refused("b"));
    run(async {
        with! { async inspects(&log) => { Err::<(), _>(boxed()) } }
    });
    assert_eq!(log.take(), ["true", "b", "true", "b"]);
    run(fails(&log, boxed()));
    assert_eq!(log.take(), ["true", "b", "true", "b"]);

    let here = || -> Here { Box::new(Refused("c")) };
    let not_known = "is not known to be `Sync`";
    assert!(message(|| run(fails(&log, here()))).contains(not_known));
    assert_eq!(log.take(), ["true", "c", "false"]);
    assert!(message(|| run(fails(&log, Refused("d")))).contains(not_known));
    assert_eq!(log.take(), ["false", "d", "false"]);
}
