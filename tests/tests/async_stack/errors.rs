//! What an async stack suppresses, with what it fails, and what it loses.

use cm_runtime::exit_stack::{BoxError, Boxed, ExitErrors};
use cm_runtime::{
    AsyncExitStack, AsyncManager, ContextManager, Outcome, Owned, Suppress, lost, with,
};
use cm_tests::async_managers::{cut_after, run};
use cm_tests::managers::{Log, Refused};

#[test]
fn errors_are_kept() {
    let log = Log::new();
    let error = run(async {
        let stack = AsyncExitStack::new();
        stack
            .enter(log.async_fallible("a").refusing_exit("second"))
            .await?;
        stack
            .enter_sync(log.fallible("b").refusing_exit("first"))
            .await?;
        stack.close().await
    })
    .unwrap_err();
    let errors = error.downcast_ref::<ExitErrors>().unwrap();
    assert_eq!(errors.first().to_string(), "first");
    assert_eq!(errors.later()[0].to_string(), "second");
    assert!(log.take().contains(&"exiting a: Failed(first)".into()));
}

/// The future of a block is `Send`, as with `Boxed`, and the header takes a `?`.
#[test]
fn anyhow_as_the_error() {
    async fn outer(log: &Log) -> anyhow::Result<()> {
        with! { async AsyncExitStack::<anyhow::Result<()>>::with_verdict()? as stack => {
            stack.enter(log.async_fallible("a").refusing_exit("second")).await?;
            stack.callback(async || Err(Refused("first")));
        } }
        Ok(())
    }
    fn sent<T: Send>(value: T) -> T {
        value
    }
    let log = Log::new();
    let error = run(sent(outer(&log))).unwrap_err();
    assert_eq!(error.to_string(), "first; then second");
}

#[test]
fn suppression() {
    let log = Log::new();
    let block = run(async {
        let stack = AsyncExitStack::<Boxed<Suppress>>::with_verdict();
        with! { async stack => try {
            let _a = log.async_plain("unused");
            Err::<u8, _>(Refused("no"))?
        } }
    });
    assert!(
        matches!(block, Ok(Some(Err(Refused("no"))))),
        "an empty stack suppresses nothing"
    );
    let block = run(async {
        let stack = AsyncExitStack::<Boxed<Suppress>>::with_verdict();
        with! { async stack as stack => try {
            stack.enter(log.async_plain("out")).await;
            stack.enter(log.async_suppressing("in")).await;
            Err::<u8, _>(Refused("no"))?
        } }
    });
    assert!(matches!(block, Ok(None)));
    let lines = log.take();
    assert!(
        lines.contains(&"exiting in: Failed(no)".into()),
        "{lines:?}"
    );
    assert!(lines.contains(&"exiting out: End".into()), "{lines:?}");
}

/// An entry suppresses the body's failure, and one further out fails: its error goes on, also
/// through whatever points to the stack, or holds it.
#[test]
fn suppressing_the_body_and_failing() {
    type Both = Boxed<Suppress>;
    fn filled() -> AsyncExitStack<'static, Both> {
        let stack = AsyncExitStack::<Both>::with_verdict();
        stack.callback(async || Err(Refused("later")));
        stack.push_sync(|_, outcome| Suppress::when(outcome.is::<Refused>()));
        stack
    }
    fn end(manager: impl AsyncManager<Exit = Both>) -> Result<Option<()>, BoxError> {
        let (block, lost) = lost::capture(|| {
            run(async {
                let block = with! { async manager? => {
                    Err(Refused("body"))?;
                } };
                Ok(block)
            })
        });
        assert!(lost.is_empty(), "{lost:?}");
        block
    }
    let mut borrowed = filled();
    let outer = run(async {
        let outer = AsyncExitStack::<Both>::with_verdict();
        outer.enter(filled()).await.expect("a stack can be entered");
        outer
    });
    let pushed = run(async {
        let pushed = AsyncExitStack::<Both>::with_verdict();
        let key = pushed.push_exit(filled()).await;
        assert!(key.is_ok());
        pushed
    });
    let ends = [
        ("moved", end(filled())),
        ("borrowed", end(&mut borrowed)),
        ("pinned", end(std::pin::pin!(filled()))),
        ("boxed", end(Box::new(filled()))),
        ("pinned in a box", end(Box::pin(filled()))),
        ("optional", end(Some(filled()))),
        ("in a stack", end(outer)),
        ("its exit in a stack", end(pushed)),
        (
            "with a listener",
            end(filled().on_lost(|lost| panic!("{lost}"))),
        ),
    ];
    for (how, result) in ends {
        assert_eq!(result.unwrap_err().to_string(), "later", "{how}");
    }
}

/// The same by one manager, which answers for itself, and does not await.
#[test]
fn a_manager_that_suppresses_and_fails() {
    struct Both;
    impl ContextManager for Both {
        type Lends = Owned<()>;
        type Exit = Result<(), Refused>;
        fn enter(&mut self) -> Result<(), Refused> {
            Ok(())
        }
        fn exit(&mut self, _: Outcome<'_>) -> Result<(), Refused> {
            Err(Refused("later"))
        }
        fn exit_replaces(&mut self) -> bool {
            true
        }
    }
    for entered in [true, false] {
        let (end, lost) = lost::capture(|| {
            run(async {
                let stack = AsyncExitStack::new();
                if entered {
                    stack.enter_sync(Both).await?;
                } else {
                    stack.push_exit_sync(Both);
                }
                with! { async stack? => {
                    Err(Refused("body"))?;
                } }
                Ok::<(), BoxError>(())
            })
        });
        assert_eq!(end.unwrap_err().to_string(), "later", "{entered}");
        assert!(lost.is_empty(), "{entered}: {lost:?}");
    }
}

/// The second of two errors that are suppressed is reported as one of the stack.
#[test]
fn suppressing_two() {
    let (line, lost) = lost::capture(|| {
        run(async {
            let (line, stack) = (line!(), AsyncExitStack::<Boxed<Suppress>>::with_verdict());
            stack.push_sync(|_, outcome| Suppress::when(!outcome.is_success()));
            stack.callback(async || Err(Refused("second")));
            stack.callback(async || Err(Refused("first")));
            assert!(matches!(stack.close().await, Ok(Some(()))));
            line
        })
    });
    let [lost] = &lost[..] else {
        panic!("{lost:?}")
    };
    assert_eq!(lost.error, "second");
    assert!(lost.manager.contains("AsyncExitStack<"), "{lost:?}");
    assert_eq!((lost.place.file(), lost.place.line()), (file!(), line));
}

/// A close that is cut off is cancelled, also in a destructor that another panic runs.
#[test]
fn cut_off_while_another_panic_unwinds() {
    struct CutOff;

    impl Drop for CutOff {
        fn drop(&mut self) {
            let closed = async {
                let stack = AsyncExitStack::new();
                stack.callback(std::future::pending::<()>);
                stack.callback_sync(|| Err(Refused("first")));
                stack.close().await
            };
            assert!(cut_after(1, closed).is_none());
        }
    }

    let ((), lost) = lost::capture(|| {
        let cut_off = CutOff;
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _cut_off = cut_off;
            std::panic::panic_any("another panic");
        }));
        assert!(panicked.is_err());
    });
    assert_eq!(lost[0].error, "first");
    assert!(
        lost[0].line.ends_with("(the body was cancelled)"),
        "{}",
        lost[0].line
    );
}
