//! `detached` and `shielded`.

use std::convert::Infallible;
use std::error::Error;
use std::time::Duration;

use cm_runtime::contextlib::{Cleanups, detached, shielded};
use cm_runtime::lost::capture;
use cm_runtime::{AsyncContextManager, AsyncManager, Mut, Outcome, Owned, context_manager, with};
use cm_tests::async_managers::{cut_after, pause};
use cm_tests::managers::{Log, Refused, told};

use crate::on_tokio;

/// Polls so many times, and drops what is not ready.
fn cut<F: Future>(polls: usize, future: F) {
    drop(cut_after(polls, future));
}

#[context_manager(yields = &mut Vec<u8>)]
async fn session(log: Log) -> Result<(), Refused> {
    let mut bytes = vec![];
    tokio::task::yield_now().await;
    let outcome = yield_!(&mut bytes);
    log.say(format!("exiting: {}", told(outcome)));
    tokio::time::sleep(Duration::from_millis(1)).await;
    log.say(format!("exited with {bytes:?}, {}", told(outcome)));
    Ok(())
}

/// Cancelled by hand, as by a manager that holds it.
#[test]
fn cancel_spawns_the_exit() {
    let log = Log::new();
    on_tokio(async {
        let cleanups = Cleanups::new();
        let mut manager = detached(session(log.clone())).counted_in(&cleanups);
        AsyncContextManager::enter(&mut manager)
            .await
            .unwrap()
            .push(1);
        AsyncContextManager::cancel(&mut manager, Outcome::Cancelled);
        cleanups.ended().await;
    });
    let lines = ["exiting: Cancelled", "exited with [1], Cancelled"];
    assert_eq!(log.take(), lines);
}

#[test]
fn as_the_manager_itself_when_it_is_awaited() {
    let log = Log::new();
    let length = on_tokio(async {
        with! { async detached(session(log.clone())) as bytes => {
            bytes.push(1);
            bytes.len()
        } }
    });
    assert_eq!(length, Ok(1));
    assert_eq!(log.take(), ["exiting: End", "exited with [1], End"]);
    let failed: Result<(), Refused> = on_tokio(async {
        with! { async detached(session(log.clone()))? as _bytes => {
            Err(Refused("no"))
        } }
    });
    assert_eq!(failed, Err(Refused("no")));
    let lines = ["exiting: Failed(no)", "exited with [], Failed(no)"];
    assert_eq!(log.take(), lines);
}

/// The error itself may borrow from the block: its text is copied, and that of its sources.
#[test]
fn exit_is_told_the_sources_of_an_error() {
    #[context_manager]
    async fn chain(log: Log) {
        let outcome = yield_!();
        let Outcome::Failed(failure) = outcome else {
            unreachable!("the body fails")
        };
        let mut next = failure.error().map(|error| error as &dyn Error);
        while let Some(error) = next {
            log.say(format!("{error} {error:?}"));
            next = error.source();
        }
    }
    let log = Log::new();
    let block = on_tokio(async {
        with! { async detached(chain(log.clone())) => {
            Err::<(), _>(Wrapped(Wrapped(Refused("inner"))))
        } }
    });
    assert!(block.is_err());
    let lines = [
        r#"wrapped Wrapped(Wrapped(Refused("inner")))"#,
        r#"wrapped Wrapped(Refused("inner"))"#,
        r#"inner Refused("inner")"#,
    ];
    assert_eq!(log.take(), lines);
}

#[derive(Debug, thiserror::Error)]
#[error("wrapped")]
struct Wrapped<E: Error + 'static>(#[source] E);

#[test]
fn the_exit_of_a_dropped_body_is_spawned() {
    let log = Log::new();
    on_tokio(async {
        let cleanups = Cleanups::new();
        cut(2, async {
            with! { async detached(session(log.clone())).counted_in(&cleanups) as bytes => {
                bytes.push(7);
                pause().await;
                unreachable!("it is dropped")
            } }
        });
        assert_eq!(
            (cleanups.count(), log.take()),
            (1, vec![]),
            "it has not begun"
        );
        cleanups.ended().await;
        assert_eq!(cleanups.count(), 0);
    });
    assert_eq!(
        log.take(),
        ["exiting: Cancelled", "exited with [7], Cancelled"]
    );
}

#[test]
fn the_rest_of_a_dropped_exit_is_spawned() {
    for shield in [false, true] {
        let log = Log::new();
        on_tokio(async {
            let cleanups = Cleanups::new();
            let block = async {
                let session = session(log.clone());
                if shield {
                    with! { async shielded(session).counted_in(&cleanups) as _bytes => {} }
                } else {
                    with! { async detached(session).counted_in(&cleanups) as _bytes => {} }
                }
            };
            cut(2, block);
            assert_eq!(log.take(), ["exiting: End"]);
            cleanups.ended().await;
        });
        assert_eq!(log.take(), ["exited with [], End"]);
    }
}

#[test]
fn a_shield_is_for_an_exit_that_has_begun() {
    let log = Log::new();
    on_tokio(async {
        let cleanups = Cleanups::new();
        cut(2, async {
            with! { async shielded(session(log.clone())).counted_in(&cleanups) as _bytes => {
                pause().await;
            } }
        });
        assert_eq!(cleanups.count(), 0);
    });
    assert_eq!(
        log.take(),
        ["exiting: Cancelled"],
        "a generator, resumed for one poll"
    );
}

#[test]
fn dropped_during_enter_nothing_is_spawned() {
    let log = Log::new();
    on_tokio(async {
        let cleanups = Cleanups::new();
        cut(1, async {
            with! { async detached(log.async_plain("a")).counted_in(&cleanups) as _text => {} }
        });
        assert_eq!(cleanups.count(), 0);
    });
    assert_eq!(log.take(), ["entering a", "cancel a: Cancelled"]);
}

struct Slow(Log);

impl AsyncContextManager for Slow {
    type Lends = Mut<Log>;
    type Exit = ();

    async fn enter(&mut self) -> Result<&mut Log, Infallible> {
        Ok(&mut self.0)
    }

    async fn exit(&mut self, _: Outcome<'_>) {
        std::future::pending::<()>().await;
    }

    fn cancel(&mut self, outcome: Outcome<'_>) {
        self.0.say(format!("cancel: {}", told(outcome)));
    }
}

#[test]
fn a_deadline_that_is_over_is_reported() {
    let log = Log::new();
    let ((), lost) = capture(|| {
        on_tokio(async {
            let cleanups = Cleanups::new();
            let manager = detached(Slow(log.clone()))
                .deadline(Duration::from_millis(5))
                .counted_in(&cleanups);
            cut(1, async {
                with! { async manager as _log => { pause().await; } }
            });
            cleanups.ended().await;
        });
    });
    assert_eq!(log.take(), ["cancel: Cancelled"]);
    assert_eq!(lost.len(), 1);
    assert_eq!(
        lost[0].error,
        "the exit did not end within 5ms, and was dropped"
    );
    assert!(lost[0].manager.ends_with("Slow"), "{}", lost[0].manager);
}

/// Dropped while the body is suspended, and while exit is.
#[test]
fn without_a_runtime_it_is_cancelled_and_that_is_reported() {
    for polls in [1, 2] {
        let log = Log::new();
        let ((), lost) = capture(|| {
            cut(polls, async {
                with! { async detached(Slow(log.clone())) as _log => { pause().await; } }
            });
        });
        assert_eq!(log.take(), ["cancel: Cancelled"]);
        let [lost] = &lost[..] else {
            panic!("{polls}: {lost:?}");
        };
        assert!(lost.error.contains("no tokio runtime"), "{}", lost.error);
    }
}

/// The end of the runtime drops what was spawned, and what is spawned then. It counts until it is cancelled.
#[test]
fn a_runtime_that_ends_before_the_exit_is_reported() {
    struct Counted(Log, Cleanups);

    impl AsyncContextManager for Counted {
        type Lends = Owned<()>;
        type Exit = ();

        async fn enter(&mut self) -> Result<(), Infallible> {
            Ok(())
        }

        async fn exit(&mut self, _: Outcome<'_>) {
            std::future::pending::<()>().await;
        }

        fn cancel(&mut self, outcome: Outcome<'_>) {
            self.0
                .say(format!("cancel: {}, {}", told(outcome), self.1.count()));
        }
    }

    for is_spawned in [false, true] {
        let log = Log::new();
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = builder.enable_time().build().unwrap();
        let exits = Cleanups::new();
        let manager = detached(Counted(log.clone(), exits.clone())).counted_in(&exits);
        let block = runtime.spawn(async move {
            with! { async manager => { std::future::pending::<()>().await; } }
        });
        let ((), lost) = capture(|| {
            runtime.block_on(tokio::task::yield_now());
            if is_spawned {
                block.abort();
                runtime.block_on(async {
                    let _aborted = block.await;
                    tokio::task::yield_now().await;
                });
                assert_eq!((exits.count(), log.take()), (1, vec![]));
            }
            drop(runtime);
        });
        assert_eq!(log.take(), ["cancel: Cancelled, 1"]);
        assert_eq!((exits.count(), lost.len()), (0, 1));
        assert_eq!(
            lost[0].error,
            "the tokio runtime dropped the exit before its end: the manager was cancelled"
        );
    }
}

#[test]
fn errors_and_panics_of_spawned_exits_are_reported() {
    #[context_manager]
    async fn failing(panics: bool) -> Result<(), Refused> {
        yield_!();
        tokio::task::yield_now().await;
        assert!(!panics, "no");
        Err(Refused("late"))
    }
    for panics in [false, true] {
        let ((), lost) = capture(|| {
            on_tokio(async {
                let cleanups = Cleanups::new();
                cut(1, async {
                    with! { async detached(failing(panics)).counted_in(&cleanups) => { pause().await; } }
                });
                cleanups.ended().await;
            });
        });
        assert_eq!((lost.len(), lost[0].panicked), (1, panics));
        assert!(
            lost[0].error.contains(if panics { "no" } else { "late" }),
            "{}",
            lost[0].error
        );
    }
}

/// As without it.
#[test]
fn an_exit_that_replaces_the_failure() {
    struct Replacing;

    impl AsyncContextManager for Replacing {
        type Lends = Owned<()>;
        type Exit = Result<(), Refused>;

        async fn enter(&mut self) -> Result<(), Refused> {
            Ok(())
        }

        async fn exit(&mut self, _: Outcome<'_>) -> Result<(), Refused> {
            pause().await;
            Err(Refused("exit"))
        }

        fn exit_replaces(&mut self) -> bool {
            true
        }
    }

    async fn fails(manager: impl AsyncManager<Exit = Result<(), Refused>>) -> Result<(), Refused> {
        with! { async manager? => { Err(Refused("body")) } }
    }
    let (block, lost) = capture(|| on_tokio(fails(Replacing)));
    assert_eq!((block, lost.len()), (Err(Refused("exit")), 0));
    let (block, lost) = capture(|| on_tokio(fails(detached(Replacing))));
    assert_eq!((block, lost.len()), (Err(Refused("exit")), 0));
    let (block, lost) = capture(|| on_tokio(fails(shielded(Replacing))));
    assert_eq!((block, lost.len()), (Err(Refused("exit")), 0));
}

#[test]
fn entered_again() {
    #[context_manager]
    async fn refuses() -> Result<(), Refused> {
        Err(Refused("no"))?;
        yield_!();
        Ok(())
    }
    async fn twice(mut manager: impl AsyncManager<Exit = Result<(), Refused>> + Unpin) {
        let _ = with! { async &mut manager => {} };
        let _ = with! { async &mut manager => {} };
    }
    for refused in [false, true] {
        let panic = on_tokio(async move {
            let twice = async move {
                if refused {
                    twice(detached(refuses())).await;
                } else {
                    twice(shielded(session(Log::new()))).await;
                }
            };
            tokio::spawn(twice).await.unwrap_err().into_panic()
        });
        let message = "a `detached` or `shielded` manager was entered again: each call makes one for one block";
        assert_eq!(panic.downcast_ref(), Some(&message));
    }
}

#[test]
fn the_process_counts_what_is_counted_nowhere_else() {
    let log = Log::new();
    on_tokio(async {
        cut(2, async {
            with! { async detached(session(log.clone())) as _bytes => { pause().await; } }
        });
        Cleanups::of_the_process().ended().await;
    });
    assert_eq!(log.take().last().unwrap(), "exited with [], Cancelled");
}

#[test]
fn what_is_lost_in_the_block_has_the_name_of_the_manager_in_it() {
    struct Fails;

    impl AsyncContextManager for Fails {
        type Lends = Owned<()>;
        type Exit = Result<(), Refused>;

        async fn enter(&mut self) -> Result<(), Refused> {
            Ok(())
        }
        async fn exit(&mut self, _: Outcome<'_>) -> Result<(), Refused> {
            Err(Refused("exit"))
        }
    }

    #[context_manager(yields = &mut Vec<u8>)]
    async fn fails() -> Result<(), Refused> {
        yield_!(&mut Vec::new());
        Err(Refused("exit"))
    }

    async fn body_fails_in<M>(manager: M) -> String
    where
        M: AsyncManager<Exit = Result<(), Refused>>,
    {
        let mut name = String::new();
        let manager = manager.on_lost(|lost| name = lost.manager().to_string());
        let block = with! { async manager => { Err::<(), _>(Refused("body")) } };
        assert_eq!(block, Ok(Err(Refused("body"))));
        name
    }

    on_tokio(async {
        let here = "what_is_lost_in_the_block_has_the_name_of_the_manager_in_it";
        for name in [
            body_fails_in(detached(fails())).await,
            body_fails_in(shielded(detached(fails()))).await,
            body_fails_in(detached(Box::pin(fails()))).await,
        ] {
            assert!(name.ends_with(&format!("{here}::fails")), "{name}");
        }
        let name = body_fails_in(detached(shielded(Fails))).await;
        assert!(name.ends_with(&format!("{here}::Fails")), "{name}");
    });
}

/// Its exit does not end, or it does; what panics is its cancel, or its drop.
struct PanicsAtTheEnd {
    in_cancel: bool,
}

impl AsyncContextManager for PanicsAtTheEnd {
    type Lends = Owned<()>;
    type Exit = ();

    async fn enter(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
    async fn exit(&mut self, _: Outcome<'_>) {
        if self.in_cancel {
            std::future::pending::<()>().await;
        }
    }
    fn cancel(&mut self, _: Outcome<'_>) {
        assert!(!self.in_cancel, "no cancel");
    }
}

impl Drop for PanicsAtTheEnd {
    fn drop(&mut self) {
        assert!(self.in_cancel, "no drop");
    }
}

#[test]
fn a_panic_when_a_spawned_exit_is_dropped_is_reported_as_that() {
    for in_cancel in [true, false] {
        let ((), lost) = capture(|| {
            on_tokio(async {
                let cleanups = Cleanups::new();
                let manager = detached(PanicsAtTheEnd { in_cancel })
                    .deadline(Duration::from_millis(1))
                    .counted_in(&cleanups);
                cut(1, async {
                    with! { async manager => { std::future::pending::<()>().await } }
                });
                cleanups.ended().await;
            });
        });
        let lost: Vec<_> = lost
            .iter()
            .map(|lost| (lost.panicked, &*lost.error))
            .collect();
        let late = (false, "the exit did not end within 1ms, and was dropped");
        if in_cancel {
            assert_eq!(lost, [late, (true, "no cancel")]);
        } else {
            assert_eq!(lost, [(true, "no drop")]);
        }
    }
}
