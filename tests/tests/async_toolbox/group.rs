//! `TaskGroup`.

use std::error::Error;
use std::future::pending;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use cm_runtime::contextlib::{TaskError, TaskErrors, TaskGroup, suppress, timeout};
use cm_runtime::exit_stack::BoxError;
use cm_runtime::lost::capture;
use cm_runtime::with;
use cm_tests::managers::Refused;

use crate::on_tokio;

/// Counts the tasks that are there.
#[derive(Clone, Default)]
pub(crate) struct Alive(Arc<AtomicU32>);

struct One(Alive);

impl Alive {
    fn one(&self) -> One {
        self.0.fetch_add(1, Ordering::SeqCst);
        One(self.clone())
    }

    /// A task that does not end by itself.
    pub(crate) fn waiting(&self) -> impl Future<Output = Result<(), Refused>> + use<> {
        let one = self.one();
        async move {
            pending::<()>().await;
            drop(one);
            Ok(())
        }
    }

    pub(crate) fn count(&self) -> u32 {
        self.0.load(Ordering::SeqCst)
    }

    /// Until they have ended.
    pub(crate) async fn none(&self) {
        let ended = async {
            while self.count() > 0 {
                tokio::task::yield_now().await;
            }
        };
        let ended = timeout(Duration::from_secs(10), ended).await;
        ended.expect("they were aborted");
    }
}

impl Drop for One {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[test]
fn success_joins_all() {
    let alive = Alive::default();
    let sum = on_tokio(async {
        let outputs = with! { async TaskGroup::<Refused>::new() as tasks => {
            (1..=3_u64)
                .map(|n| {
                    let one = alive.one();
                    tasks.spawn(async move {
                        tokio::time::sleep(Duration::from_millis(n)).await;
                        drop(one);
                        Ok(n)
                    })
                })
                .collect::<Vec<_>>()
        } }
        .unwrap();
        assert_eq!(alive.count(), 0, "all have been joined");
        let mut sum = 0;
        for output in outputs {
            sum += output.await.unwrap();
        }
        sum
    });
    assert_eq!(sum, 6);
}

#[test]
fn the_first_error_wins_and_the_others_are_kept() {
    let alive = Alive::default();
    let ended = on_tokio(async {
        with! { async TaskGroup::new() as tasks => {
            let waits = tasks.spawn(alive.waiting());
            tasks.spawn(async { Err::<(), _>(Refused("first")) });
            tasks.spawn(async { Err::<(), _>(Refused("second")) });
            waits
        } }
    });
    let errors = ended.unwrap_err();
    assert_eq!(*errors.first(), TaskError::Failed(Refused("first")));
    assert_eq!(errors.later(), [TaskError::Failed(Refused("second"))]);
    assert_eq!(errors.to_string(), "first; then second");
    assert_eq!(errors, errors.clone());
    assert_eq!(
        alive.count(),
        0,
        "the one that waits was aborted and joined"
    );
}

/// Also without a task that fails, or after one that the body has been told of.
#[test]
fn failure_of_the_body_alone_aborts() {
    for fails in [false, true] {
        let alive = Alive::default();
        let (ended, lost) = capture(|| {
            on_tokio(async {
                let block: Result<(), Refused> = with! { async TaskGroup::new() as tasks => try {
                    if fails {
                        tasks.spawn(async { Err::<(), _>(Refused("a task's")) });
                        assert!(tasks.next_failed().await);
                    }
                    tasks.spawn(alive.waiting());
                    Err(Refused("the body's"))?;
                } }
                .unwrap();
                block
            })
        });
        assert_eq!(ended, Err(Refused("the body's")));
        assert_eq!(alive.count(), 0);
        assert_eq!(lost.len(), usize::from(fails), "{lost:?}");
    }
}

/// The body has been told of it, and succeeds: the others are aborted all the same.
#[test]
fn a_failure_that_the_body_knows_of_aborts() {
    let alive = Alive::default();
    let ended = on_tokio(async {
        with! { async TaskGroup::new() as tasks => {
            tasks.spawn(async { Err::<(), _>(Refused("first")) });
            assert!(tasks.next_failed().await);
            tasks.spawn(alive.waiting());
        } }
    });
    let errors = ended.unwrap_err();
    assert_eq!(*errors.first(), TaskError::Failed(Refused("first")));
    assert_eq!(alive.count(), 0);
}

#[test]
fn failure_of_the_body_aborts_and_joins_all() {
    let alive = Alive::default();
    let (ended, lost) = capture(|| {
        on_tokio(async {
            let block: Result<(), Refused> = with! { async TaskGroup::new() as tasks => try {
                tasks.spawn(alive.waiting());
                tasks.spawn(async { Err::<(), _>(Refused("a task's")) });
                tokio::task::yield_now().await;
                Err(Refused("the body's"))?;
            } }
            .unwrap();
            block
        })
    });
    assert_eq!(ended, Err(Refused("the body's")));
    assert_eq!(alive.count(), 0);
    assert!(lost[0].error.contains("a task's"), "{lost:?}");
}

#[derive(Debug, thiserror::Error)]
#[error("outer")]
struct Outer(#[source] Refused);

/// Who suppresses one by the type of its cause does not pass over the others, whose causes are in the
/// message.
#[test]
fn several_are_not_suppressed_by_one() {
    async fn run(tasks: usize) -> Result<Option<()>, BoxError> {
        Ok(
            with! { suppress::<Refused>(), async TaskGroup::new()? as group => {
                for _ in 0..tasks {
                    group.spawn(async { Err::<(), _>(Outer(Refused("inner"))) });
                }
                // All of them have failed when the group looks.
                tokio::task::yield_now().await;
            } },
        )
    }
    assert_eq!(on_tokio(run(1)).unwrap(), None);
    let several = on_tokio(run(2)).unwrap_err();
    assert_eq!(several.to_string(), "outer: inner; then outer: inner");
    assert!(several.source().is_none());
}

/// The cause of a task's error is that of the error; a panic has none.
#[test]
fn cause_of_a_task_error() {
    let failed = TaskError::Failed(Outer(Refused("inner")));
    let cause = failed.source().and_then(<dyn Error>::downcast_ref);
    assert_eq!(cause, Some(&Refused("inner")));
    assert!(TaskError::<Outer>::Panicked(None).source().is_none());
}

/// With boxes of any error and `?` in the header, in functions of both kinds; the chain has each error
/// once.
#[test]
fn boxes_of_any_error() {
    async fn any() -> anyhow::Result<()> {
        with! { async TaskGroup::<anyhow::Error>::new()? as tasks => {
            tasks.spawn(async { Err::<(), _>(anyhow::Error::new(Refused("inner")).context("outer")) });
        } }
        Ok(())
    }
    async fn any_of_any() -> Result<(), BoxError> {
        with! { async TaskGroup::<anyhow::Error>::new()? as tasks => {
            tasks.spawn(async { Err::<(), anyhow::Error>(Outer(Refused("inner")).into()) });
        } }
        Ok(())
    }
    async fn boxed() -> Result<(), BoxError> {
        with! { async TaskGroup::<BoxError>::new()? as tasks => {
            tasks.spawn(async { Err::<(), BoxError>(Outer(Refused("inner")).into()) });
        } }
        Ok(())
    }
    async fn any_of_boxed() -> anyhow::Result<()> {
        with! { async TaskGroup::<BoxError>::new()? as tasks => {
            tasks.spawn(async { Err::<(), BoxError>(Outer(Refused("inner")).into()) });
        } }
        Ok(())
    }
    async fn typed() -> anyhow::Result<()> {
        with! { async TaskGroup::new()? as tasks => {
            tasks.spawn(async { Err::<(), _>(Outer(Refused("inner"))) });
        } }
        Ok(())
    }
    fn in_a_task<F: Future + Send + 'static>(future: F) -> F {
        future
    }
    let chains = on_tokio(async {
        [
            in_a_task(any()).await,
            in_a_task(any_of_any())
                .await
                .map_err(anyhow::Error::from_boxed),
            in_a_task(boxed()).await.map_err(anyhow::Error::from_boxed),
            in_a_task(any_of_boxed()).await,
            in_a_task(typed()).await,
        ]
    });
    for chain in chains {
        assert_eq!(format!("{:#}", chain.unwrap_err()), "outer: inner");
    }
}

/// In a function that returns an `io::Result`, without a word about types.
#[test]
fn errors_of_io() {
    async fn run(kinds: &[io::ErrorKind], panics: bool) -> io::Result<()> {
        with! { async TaskGroup::new()? as tasks => {
            for &kind in kinds {
                tasks.spawn(async move { Err::<(), _>(io::Error::from(kind)) });
            }
            if panics {
                tasks.spawn(async { panic!("no") as io::Result<()> });
            }
        } }
        Ok(())
    }
    let failed = |kinds: &[_], panics| on_tokio(run(kinds, panics)).unwrap_err();
    let (missing, denied) = (io::ErrorKind::NotFound, io::ErrorKind::PermissionDenied);
    assert_eq!(failed(&[missing], false).kind(), missing);
    let several = failed(&[missing, denied], false);
    assert_eq!(several.kind(), io::ErrorKind::Other);
    let several: TaskErrors<io::Error> = several.downcast().unwrap();
    assert_eq!(several.later().len(), 1);
    let panicked = failed(&[], true);
    assert_eq!(panicked.to_string(), "a task panicked: no");
}

/// Errors that are none.
#[test]
fn texts() {
    let [text, unit] = on_tokio(async {
        let text = with! { async TaskGroup::new() as tasks => {
            tasks.spawn(async { Err::<(), _>("a text") });
        } };
        let unit = with! { async TaskGroup::new() as tasks => {
            tasks.spawn(async { Err::<(), _>(()) });
        } };
        [
            text.map_err(|e| e.to_string()),
            unit.map_err(|e| format!("{:?}", e.first())),
        ]
    });
    assert_eq!(text, Err("a text".into()));
    assert_eq!(unit, Err("Failed(())".into()));
}

#[test]
fn a_task_that_panics_and_one_that_is_aborted() {
    let ended = on_tokio(async {
        with! { async TaskGroup::<Refused>::new() as tasks => {
            let aborted = tasks.spawn(async { std::future::pending::<Result<u8, Refused>>().await });
            aborted.abort();
            assert_eq!(aborted.await.unwrap_err().to_string(), "the task has failed or was aborted");
            tasks.spawn(async { panic!("no") as Result<(), Refused> });
            assert!(tasks.next_failed().await);
        } }
    });
    let errors = ended.unwrap_err();
    assert_eq!(*errors.first(), TaskError::Panicked(Some("no".into())));
    assert_eq!(errors.to_string(), "a task panicked: no");
}

/// A group of tasks in a function that knows of their errors what it asks of them.
#[test]
fn generic_errors() {
    async fn first<E: Error + Send + Sync + 'static>(error: E) -> Option<TaskError<E>> {
        let ended = with! { async TaskGroup::<E>::new() as tasks => {
            tasks.spawn(async { Err::<(), _>(error) });
        } };
        ended.err()?.into_all().pop()
    }

    let error = on_tokio(first(Refused("no")));
    assert_eq!(error, Some(TaskError::Failed(Refused("no"))));
}

#[test]
fn a_spawn_joins_those_that_have_ended() {
    on_tokio(async {
        let ended = with! { async TaskGroup::<Refused>::new() as tasks => {
            for n in 0..100 {
                tasks.spawn(async move { if n % 40 == 10 { Err(Refused("no")) } else { Ok(()) } });
                while tokio::runtime::Handle::current().metrics().num_alive_tasks() > 0 {
                    tokio::task::yield_now().await;
                }
                assert_eq!(tasks.len(), 1, "it keeps no more than the last one");
            }
            let mut told = Vec::new();
            for _ in 0..4 {
                told.push(tasks.next_failed().await);
            }
            assert_eq!(told, [true, true, true, false], "each of those that it has joined is told once");
            assert!(tasks.is_empty());
        } };
        assert_eq!(ended.unwrap_err().into_all().len(), 3);
    });
}

#[test]
fn a_failure_that_a_spawn_has_found_aborts_the_others() {
    let alive = Alive::default();
    let ended = on_tokio(async {
        with! { async TaskGroup::<Refused>::new() as tasks => {
            tasks.spawn(async { Err::<(), _>(Refused("no")) });
            tokio::task::yield_now().await;
            tasks.spawn(alive.waiting());
        } }
    });
    assert_eq!(alive.count(), 0);
    assert_eq!(
        ended.unwrap_err().into_all(),
        [TaskError::Failed(Refused("no"))]
    );
}
