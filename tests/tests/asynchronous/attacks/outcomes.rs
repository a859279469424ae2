//! Outcomes that are kept in a frame, whose exit does not come to its end.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::process::Command;

use cm_runtime::{AsyncContextManager, AsyncManager, Lent, Outcome, context_manager, with};
use cm_tests::async_managers::{cuts, pause, poll, run};
use cm_tests::managers::{Log, told};

use super::message;

/// An error with a heap, which its borrowers would read when it is gone.
#[derive(Debug)]
struct Long(String);

impl fmt::Display for Long {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Long {}

fn long() -> Long {
    Long("an error that is on the heap".into())
}

const DROPPED: &str = "drop: Failed(an error that is on the heap)";

/// Reads an outcome when it is dropped.
struct Reads<'o>(&'o Log, Outcome<'o>);

impl Drop for Reads<'_> {
    fn drop(&mut self) {
        self.0.say(format!("drop: {}", told(self.1)));
    }
}

/// Keeps the outcome in a local that reads it when the frame is dropped.
#[context_manager]
async fn keeps(log: &Log) {
    let outcome = yield_!();
    let reads = Reads(log, outcome);
    pause().await;
    drop(reads);
}

#[test]
fn of_a_block_that_is_dropped_in_exit() {
    async fn fails(log: &Log) -> Result<(), Long> {
        with! { async keeps(log) => { Err(long()) } }
    }
    let all = cuts(|log| async move { fails(&log).await.unwrap_err() });
    assert_eq!(all, [vec![], vec![DROPPED], vec![DROPPED]]);
}

/// Polls the exit of its generator once, and then has it its way.
struct HalfWay<M>(Pin<Box<M>>, fn(Pin<Box<dyn Future<Output = ()> + '_>>));

impl<M: AsyncManager<Exit = ()>> AsyncContextManager for HalfWay<M> {
    type Lends = M::Lends;
    type Exit = ();
    async fn enter(&mut self) -> Result<Lent<'_, M::Lends>, Infallible> {
        self.0.enter().await
    }
    async fn exit(&mut self, outcome: Outcome<'_>) {
        let mut exit: Pin<Box<dyn Future<Output = ()> + '_>> = Box::pin(self.0.exit(outcome));
        assert!(poll(exit.as_mut()).is_pending());
        (self.1)(exit);
    }
}

#[test]
fn of_an_exit_that_is_dropped_by_hand() {
    let log = Log::new();
    let mut manager = HalfWay(Box::pin(keeps(&log)), |exit| drop(exit));
    let block = run(async {
        with! { async &mut manager => { Err::<(), _>(long()) } }
    });
    assert_eq!(log.take(), [DROPPED]);
    drop((block, manager));
    assert!(log.take().is_empty());
}

struct Loud;
impl Drop for Loud {
    fn drop(&mut self) {
        eprintln!("[the frame is dropped]");
    }
}
#[context_manager]
async fn loud() {
    let _outcome = (Loud, yield_!());
    pause().await;
}

/// Forgotten, it cannot be dropped any more without reading an outcome that is gone: the process
/// ends instead, which is why this one runs in a process of its own.
#[test]
#[cfg_attr(miri, ignore = "it starts a process")]
fn of_an_exit_that_is_forgotten() {
    const CHILD: &str = "CM_TESTS_FORGETS_AN_EXIT";
    if std::env::var_os(CHILD).is_none() {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--nocapture"])
            .arg("attacks::outcomes::of_an_exit_that_is_forgotten")
            .env(CHILD, "")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&child.stderr);
        assert!(!child.status.success());
        assert!(said.contains("all as it should be"), "{said}");
        assert!(said.contains("leaked half-way"), "{said}");
        assert!(
            !said.contains("[the frame") && !said.contains("[it goes"),
            "{said}"
        );
        return;
    }
    let mut manager = HalfWay(Box::pin(loud()), |exit| mem::forget(exit));
    drop(run(async {
        with! { async &mut manager => { Err::<(), _>(long()) } }
    }));
    let mut manager = manager.0;
    manager.as_mut().cancel(Outcome::Cancelled);
    let told = message(|| run(manager.as_mut().exit(Outcome::Cancelled)));
    assert!(told.contains("without having been entered"), "{told}");
    let told = message(|| run(manager.as_mut().enter()));
    assert!(told.contains("entered again"), "{told}");
    eprintln!("all as it should be");
    drop(manager);
    eprintln!("[it goes on]");
}
