//! Generators that are polled on a thread of its own each time.

use std::any::Any;
use std::cell::Cell;
use std::error::Error;
use std::future::Future;
use std::panic::resume_unwind;
use std::task::Poll;
use std::thread;

use cm_runtime::{Outcome, Panic, context_manager, with};
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
