//! A `TaskGroup` whose block is cancelled: its future is dropped, or it panics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cm_runtime::contextlib::{TaskGroup, timeout};
use cm_runtime::lost::{CapturedError, capture};
use cm_runtime::{AsyncContextManager, AsyncManager as _, Outcome, with};
use cm_tests::async_managers::{pause, poll};
use cm_tests::managers::Refused;

use crate::group::Alive;
use crate::on_tokio;

#[test]
fn cancellation_aborts_all() {
    let alive = Alive::default();
    on_tokio(async {
        let slow = timeout(Duration::from_millis(5), async {
            with! { async TaskGroup::<Refused>::new() as tasks => {
                tasks.spawn(alive.waiting());
                std::future::pending::<()>().await;
            } }
        });
        assert!(slow.await.is_err());
        // They end at their next await, when the runtime gets to them.
        alive.none().await;
    });
}

/// They are aborted when the body is, not when the group is dropped, which may be later.
#[test]
fn cancellation_aborts_the_tasks_of_a_group_that_stays() {
    let alive = Alive::default();
    on_tokio(async {
        let mut group = TaskGroup::<Refused>::new();
        let slow = timeout(Duration::from_millis(5), async {
            with! { async &mut group as tasks => {
                tasks.spawn(alive.waiting());
                std::future::pending::<()>().await;
            } }
        });
        assert!(slow.await.is_err());
        alive.none().await;
        drop(group);
    });
}

/// Cancelled by hand, as by a manager that holds it.
#[test]
fn cancel_aborts_all() {
    let alive = Alive::default();
    on_tokio(async {
        let mut group = TaskGroup::<Refused>::new();
        let tasks = AsyncContextManager::enter(&mut group).await.unwrap();
        tasks.spawn(alive.waiting());
        AsyncContextManager::cancel(&mut group, Outcome::Cancelled);
        alive.none().await;
        drop(group);
    });
}

/// A panic of a task that nobody will be told of otherwise.
#[test]
fn cancellation_reports_panics() {
    let ((), lost) = capture(|| {
        on_tokio(async {
            let slow = timeout(Duration::from_millis(5), async {
                with! { async TaskGroup::<Refused>::new() as tasks => {
                    tasks.spawn::<(), _>(async { std::panic::resume_unwind(Box::new("a task's")) });
                    std::future::pending::<()>().await;
                } }
            });
            assert!(slow.await.is_err());
        });
    });
    let [lost] = &lost[..] else {
        panic!("{lost:?}")
    };
    assert!(lost.error.contains("a task's"), "{lost:?}");
}

/// Errors that nobody will be given: one that the body had been told of, and one that it had not.
#[test]
fn cancellation_reports_those_that_have_failed() {
    let mut listened = vec![];
    let ((), lost) = capture(|| {
        on_tokio(async {
            let group = TaskGroup::new().on_lost(|lost| listened.push(lost.to_string()));
            let slow = timeout(Duration::from_millis(5), async {
                with! { async group as tasks => {
                    tasks.spawn(async { Err::<(), _>(Refused("first")) });
                    assert!(tasks.next_failed().await);
                    tasks.spawn(async { Err::<(), _>(Refused("second")) });
                    std::future::pending::<()>().await;
                } }
            });
            assert!(slow.await.is_err());
        });
    });
    assert!(lost.is_empty(), "{lost:?}");
    let [line] = &listened[..] else {
        panic!("{listened:?}")
    };
    assert!(
        line.contains("first; then second (the body was cancelled)"),
        "{line}"
    );
}

/// One that fails in the poll in which the group is cancelled, as it may on another thread: here it does
/// that itself. What is reported says why the group was cancelled.
#[test]
fn cancellation_reports_those_that_fail_meanwhile() {
    type Block = Pin<Box<dyn Future<Output = ()> + Send>>;

    #[derive(Clone, Copy)]
    enum End {
        Dropped,
        Panics,
        Returns,
    }

    macro_rules! leave {
        () => {
            return
        };
    }

    fn meanwhile(how: End) -> CapturedError {
        let block: Arc<Mutex<Option<Block>>> = Arc::default();
        let its_own = Arc::clone(&block);
        *block.lock().unwrap() = Some(Box::pin(async move {
            let ended = with! { async TaskGroup::new() as tasks => {
                tasks.spawn(async move {
                    let mut block = its_own.lock().unwrap();
                    if !matches!(how, End::Dropped) {
                        let block = block.as_mut().unwrap().as_mut();
                        drop(catch_unwind(AssertUnwindSafe(|| poll(block))));
                    }
                    drop(block.take());
                    Err::<(), _>(Refused("meanwhile"))
                });
                pause().await;
                match how {
                    End::Dropped => {}
                    End::Panics => panic!("the body"),
                    End::Returns => leave!(),
                }
            } };
            ended.unwrap();
        }));
        let ((), mut lost) = capture(|| {
            on_tokio(async {
                assert!(poll(block.lock().unwrap().as_mut().unwrap().as_mut()).is_pending());
                tokio::task::yield_now().await;
                assert!(block.lock().unwrap().is_none());
            });
        });
        assert_eq!(lost.len(), 1, "{lost:?}");
        lost.remove(0)
    }

    for (how, told) in [
        (End::Dropped, "(the body was cancelled)"),
        (End::Panics, "(the body had panicked)"),
        (End::Returns, "(the body had failed)"),
    ] {
        let lost = meanwhile(how);
        assert_eq!((lost.error.as_str(), lost.panicked), ("meanwhile", false));
        assert!(lost.line.ends_with(told), "{lost:?}");
        assert!(
            lost.place.file().ends_with("group_cancelled.rs"),
            "{lost:?}"
        );
    }
}
