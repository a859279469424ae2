//! Async generators in boxes: chosen at run time, kept together, returned by a trait object, spawned.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use cm_runtime::{AsyncExitStack, BoxAsyncGenerator, Mut, context_manager, with};
use cm_tests::async_managers::{cuts, pause, run};
use cm_tests::managers::{Log, Refused, told};

type Journal = Arc<Mutex<Vec<String>>>;
type Text<'a> = BoxAsyncGenerator<'a, Mut<String>, Result<(), Refused>>;

#[context_manager(yields = &mut String)]
async fn lent(log: Log, name: &str) -> Result<(), Refused> {
    let mut text = String::from(name);
    pause().await;
    log.say(format!("enter {name}"));
    let outcome = yield_!(&mut text);
    log.say(format!("exit {text}: {}", told(outcome)));
    pause().await;
    log.say("end");
    Ok(())
}

/// A manager of another kind, entered by a generator.
#[context_manager(yields = &mut String)]
async fn around(log: Log, name: String) -> Result<(), Refused> {
    with! { async log.async_fallible("inner")? => {
        let mut name = name;
        yield_!(&mut name);
    } }
    Ok(())
}

#[test]
fn chosen_at_run_time() {
    for (other, expected) in [
        (false, &["enter a", "exit a!: End", "end"][..]),
        (
            true,
            &[
                "entering inner",
                "entered inner",
                "drop value",
                "exiting inner: End",
                "exited inner",
            ],
        ),
    ] {
        let log = Log::new();
        let length = run(async {
            let manager = if other {
                around(log.clone(), String::from("a")).boxed_local()
            } else {
                lent(log.clone(), "a").boxed_local()
            };
            with! { async manager? as text => {
                text.push('!');
                pause().await;
                Ok::<_, Refused>(text.len())
            } }
        });
        assert_eq!(length, Ok(2));
        assert_eq!(log.take(), expected);
    }
}

#[test]
fn cut_at_each_await() {
    let plain = cuts(|log| async move {
        with! { async lent(log.clone(), "a") as text => {
            text.push('!');
            pause().await;
        } }
    });
    let boxed = cuts(|log| async move {
        with! { async lent(log.clone(), "a").boxed_local() as text => {
            text.push('!');
            pause().await;
        } }
    });
    assert_eq!(boxed, plain);
    assert!(
        boxed
            .iter()
            .flatten()
            .any(|line| line == "exit a!: Cancelled"),
        "{boxed:?}"
    );
}

#[test]
fn the_body_panics() {
    let log = Log::new();
    let panics = || {
        run(async {
            with! { async lent(log.clone(), "a").boxed_local() => {
                pause().await;
                std::panic::resume_unwind(Box::new(()))
            } }
        })
    };
    assert!(catch_unwind(AssertUnwindSafe(panics)).is_err());
    assert_eq!(log.take(), ["enter a", "exit a: Panicked"]);
}

/// One that is not entered drops what it has captured.
#[test]
fn not_entered() {
    let log = Log::new();
    let manager = lent(log.clone(), "a").boxed_local();
    let moved = vec![manager];
    drop(moved);
    assert!(log.take().is_empty());
}

trait Store: Sync {
    fn text<'a>(&'a self, name: &'a str) -> Text<'a>;
}

struct Noted(Journal);

impl Store for Noted {
    fn text<'a>(&'a self, name: &'a str) -> Text<'a> {
        #[context_manager(yields = &mut String)]
        async fn noted(journal: &Journal, name: &str) -> Result<(), Refused> {
            let mut text = String::from(name);
            tokio::task::yield_now().await;
            yield_!(&mut text);
            tokio::task::yield_now().await;
            journal.lock().unwrap().push(text);
            Ok(())
        }
        noted(&self.0, name).boxed()
    }
}

/// Of a trait object, in a stack, in a task of an executor with several threads.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_trait_object() {
    let journal = Journal::default();
    let store: Arc<dyn Store + Send> = Arc::new(Noted(journal.clone()));
    let task = tokio::spawn(async move {
        with! { async store.text("a")? as text => {
            text.push('1');
            tokio::task::yield_now().await;
            text.push('2');
        } }
        let stack = AsyncExitStack::new();
        for name in ["b", "c"] {
            stack.enter(store.text(name)).await?.push('!');
        }
        stack.close().await
    });
    task.await
        .expect("it does not panic")
        .expect("nothing fails");
    assert_eq!(*journal.lock().unwrap(), ["a12", "c!", "b!"]);
}

/// Its code has no name any more.
#[test]
fn returned_before_its_yield() {
    #[context_manager]
    async fn sometimes(yields: bool) {
        if yields {
            yield_!();
        }
    }
    run(async {
        with! { async sometimes(true).boxed() => {} }
    });
    let block = async || with! { async sometimes(false).boxed() => {} };
    let payload = catch_unwind(AssertUnwindSafe(|| run(block()))).unwrap_err();
    let message = payload.downcast::<&str>().unwrap();
    assert!(
        message.starts_with("a `#[context_manager]` function returned"),
        "{message}"
    );
}
