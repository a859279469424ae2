//! The core needs no executor: the programs run on tokio with one thread and on async-executor too,
//! and managers that are not `Send` where tasks need not be.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use async_executor::{Executor, LocalExecutor};
use cm_runtime::{AsyncContextManager, Mut, Outcome, context_manager, with};
use cm_tests::async_managers::pause;
use futures_lite::future::block_on;
use tokio::runtime::Builder;
use tokio::task::LocalSet;

use crate::programs::{ALL, Program};
use crate::trace::{Event, Fuse, Run, Trace};

/// Each program with each of its pauses, where it is to stop, and once whole.
fn stops() -> impl Iterator<Item = (&'static Program, Trace)> {
    ALL.iter().flat_map(|program| {
        let stops = (0..program.pauses()).map(Fuse::Stops);
        let fuses = stops.chain([Fuse::None]);
        fuses.map(move |fuse| (program, Trace::new(fuse)))
    })
}

#[test]
fn async_executor() {
    let executor = Executor::new();
    block_on(executor.run(async {
        for (program, trace) in stops() {
            let mut task = executor.spawn(Run::new(program.run, &trace));
            let stopped = async {
                trace.stopped().await;
                true
            };
            let ended = async {
                (&mut task).await;
                false
            };
            if futures_lite::future::or(stopped, ended).await {
                task.cancel().await;
            }
            let events = program.checked(&trace);
            assert!(events.contains(&Event::Cut) || events.contains(&Event::Finished));
        }
    }));
}

#[test]
fn tokio_with_one_thread() {
    let runtime = Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        for (program, trace) in stops() {
            let mut task = tokio::spawn(Run::new(program.run, &trace));
            tokio::select! {
                ended = &mut task => ended.unwrap(),
                () = trace.stopped() => {
                    task.abort();
                    // A program can end although a branch of it has stopped.
                    assert!(task.await.is_err_and(|error| error.is_cancelled())
                        || trace.events().contains(&Event::Finished));
                }
            }
            program.checked(&trace);
        }
    });
}

/// A manager that stays on its thread, as what it lends does.
struct Shared(Rc<RefCell<Vec<&'static str>>>);

impl AsyncContextManager for Shared {
    type Lends = Mut<Rc<RefCell<Vec<&'static str>>>>;
    type Exit = ();

    async fn enter(&mut self) -> Result<&mut Rc<RefCell<Vec<&'static str>>>, Infallible> {
        pause().await;
        self.0.borrow_mut().push("enter");
        Ok(&mut self.0)
    }

    async fn exit(&mut self, _: Outcome<'_>) {
        pause().await;
        self.0.borrow_mut().push("exit");
    }

    fn cancel(&mut self, outcome: Outcome<'_>) {
        assert!(matches!(outcome, Outcome::Cancelled));
        self.0.borrow_mut().push("cancel");
    }
}

#[context_manager]
async fn shared(list: Rc<RefCell<Vec<&'static str>>>) {
    pause().await;
    let outcome = yield_!();
    let left = if outcome.is_success() { "left" } else { "cut" };
    list.borrow_mut().push(left);
}

async fn run(list: Rc<RefCell<Vec<&'static str>>>, ends: bool) {
    with! { async Shared(list.clone()) as lent, async shared(list) => {
        lent.borrow_mut().push("body");
        pause().await;
        if !ends {
            std::future::pending::<()>().await;
        }
    } }
}

const ENDED: [&str; 4] = ["enter", "body", "left", "exit"];
const CUT: [&str; 4] = ["enter", "body", "cut", "cancel"];

#[test]
fn not_send_on_a_local_set() {
    let runtime = Builder::new_current_thread().build().unwrap();
    LocalSet::new().block_on(&runtime, async {
        let list = Rc::default();
        let task = tokio::task::spawn_local(run(Rc::clone(&list), true));
        task.await.unwrap();
        assert_eq!(*list.borrow(), ENDED);
        list.take();
        let task = tokio::task::spawn_local(run(Rc::clone(&list), false));
        while !list.borrow().contains(&"body") {
            tokio::task::yield_now().await;
        }
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!(*list.borrow(), CUT);
    });
}

#[test]
fn not_send_on_a_local_executor() {
    let executor = LocalExecutor::new();
    block_on(executor.run(async {
        let list = Rc::default();
        executor.spawn(run(Rc::clone(&list), true)).await;
        assert_eq!(*list.borrow(), ENDED);
        list.take();
        let task = executor.spawn(run(Rc::clone(&list), false));
        while !list.borrow().contains(&"body") {
            futures_lite::future::yield_now().await;
        }
        assert!(task.cancel().await.is_none());
        assert_eq!(*list.borrow(), CUT);
    }));
}
