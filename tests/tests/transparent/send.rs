//! Futures of functions with bodies are `Send` where those with plain blocks are.

use std::cell::Cell;
use std::future::Future;
use std::sync::mpsc;

use cm_runtime::with;
use cm_tests::managers::{Log, Refused};

fn send<F: Future + Send>(future: F) -> F {
    future
}

fn run<F: Future + Send>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(send(future))
}

async fn pause() {
    tokio::task::yield_now().await;
}

#[test]
fn a_cell_across_an_await() {
    async fn count(log: Log) -> u8 {
        let cell = Cell::new(1);
        with! { log.plain("m") => {
            pause().await;
            cell.set(cell.get() + 1);
            pause().await;
        } }
        cell.get()
    }
    assert_eq!(run(count(Log::new())), 2);
}

#[test]
fn a_receiver_across_an_await() {
    async fn receive(log: Log) -> Result<u8, mpsc::RecvError> {
        let (sender, receiver) = mpsc::channel();
        with! { log.plain("m") => {
            sender.send(7).unwrap();
            pause().await;
            let n = receiver.recv()?;
            pause().await;
            drop(sender);
            Ok(n)
        } }
    }
    assert_eq!(run(receive(Log::new())), Ok(7));
}

#[test]
fn a_boxed_closure_across_an_await() {
    async fn call(log: Log, f: Box<dyn Fn() -> u8 + Send>) -> Result<u8, Refused> {
        with! { log.plain("a"), log.fallible("b")? => {
            pause().await;
            let n = f();
            pause().await;
            return Ok(n);
        } }
    }
    assert_eq!(run(call(Log::new(), Box::new(|| 7))), Ok(7));
}

#[test]
fn locals_of_the_body_across_an_await() {
    async fn count(log: Log) -> u8 {
        with! { log.plain("m") as text => {
            let cell = Cell::new(1);
            pause().await;
            text.push('x');
            cell.get()
        } }
    }
    assert_eq!(run(count(Log::new())), 1);
}

#[test]
fn not_send_locals_before_and_after_an_await() {
    async fn count(log: Log) -> usize {
        let n = with! { log.plain("m") => {
            let n = {
                let rc = std::rc::Rc::new(1);
                *rc
            };
            pause().await;
            n
        } };
        let rc = std::rc::Rc::new(n);
        *rc
    }
    assert_eq!(run(count(Log::new())), 1);
}

#[test]
fn errors_that_are_not_sync_are_opaque() {
    #[derive(Debug)]
    struct Local(Cell<u8>);
    impl std::fmt::Display for Local {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "local {}", self.0.get())
        }
    }
    impl std::error::Error for Local {}
    async fn fail(log: Log) -> Result<(), Local> {
        with! { log.plain("m") => {
            pause().await;
            Err(Local(Cell::new(3)))?;
            pause().await;
        } }
        Ok(())
    }
    let log = Log::new();
    assert!(run(fail(log.clone())).is_err());
    assert_eq!(log.take(), ["enter m", "exit m: Failed"]);
}

#[test]
fn every_leave_beside_an_await() {
    async fn leave(log: Log, how: u8) -> Result<u8, Refused> {
        loop {
            with! { log.plain("a"), log.plain("b") => {
                pause().await;
                match how {
                    0 => return Ok(0),
                    1 => Err(Refused("one"))?,
                    2 => break,
                    _ => {}
                }
                pause().await;
                return async { Ok(9) }.await;
            } }
        }
        Ok(2)
    }
    let log = Log::new();
    let results = [0, 1, 2, 3].map(|how| run(leave(log.clone(), how)));
    assert_eq!(results, [Ok(0), Err(Refused("one")), Ok(2), Ok(9)]);
    let exits: Vec<_> = log
        .take()
        .into_iter()
        .filter(|l| l.contains("exit a"))
        .collect();
    let told = [
        "exit a: Return",
        "exit a: Failed(one)",
        "exit a: Break",
        "exit a: Return",
    ];
    assert_eq!(exits, told);
}

#[test]
fn awaits_in_every_position() {
    async fn number(n: u8) -> u8 {
        n
    }
    async fn maybe(n: u8) -> Result<u8, Refused> {
        if n == 0 { Err(Refused("zero")) } else { Ok(n) }
    }
    async fn sum(log: Log, zero: u8) -> Result<u8, Refused> {
        let sum = with! { log.plain("m") as text => {
            let mut sum = number(1).await + maybe(2).await?;
            if number(1).await == 1 {
                sum += match maybe(sum).await {
                    Ok(n) => number(n).await,
                    Err(error) => return Err(error),
                };
            }
            for n in [number(1).await, number(2).await] {
                sum += n;
            }
            while number(sum).await < 10 {
                sum += 1;
            }
            let inner = async { number(4).await };
            sum += inner.await;
            let boxed: std::pin::Pin<Box<dyn Future<Output = u8> + Send>> = Box::pin(number(1));
            sum += boxed.await;
            text.push('x');
            sum + maybe(zero).await?
        } };
        Ok(sum)
    }
    assert_eq!(run(sum(Log::new(), 1)), Ok(16));
    assert_eq!(run(sum(Log::new(), 0)), Err(Refused("zero")));
}

#[test]
fn spawned_on_a_runtime_with_threads() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap();
    let log = Log::new();
    let tasks: Vec<_> = (0..4)
        .map(|n| {
            let log = log.clone();
            runtime.spawn(async move {
                with! { log.plain("m") => {
                    pause().await;
                    if n == 3 {
                        return Err(Refused("three"));
                    }
                } }
                Ok(n)
            })
        })
        .collect();
    let results: Vec<_> = tasks
        .into_iter()
        .map(|task| runtime.block_on(task).unwrap())
        .collect();
    assert_eq!(results, [Ok(0), Ok(1), Ok(2), Err(Refused("three"))]);
    assert_eq!(log.take().len(), 8);
}

#[test]
fn borrowed_arguments_need_not_be_static() {
    async fn push(log: &Log, v: &mut Vec<u8>) {
        with! { log.plain("m") => {
            pause().await;
            v.push(1);
        } }
        v.push(2);
    }
    let mut v = vec![];
    run(push(&Log::new(), &mut v));
    assert_eq!(v, [1, 2]);
}

#[test]
fn futures_stay_small() {
    async fn plain(log: &Log) -> u8 {
        let buffer = [1; 384];
        log.say("body");
        pause().await;
        buffer[0]
    }
    async fn entered(log: &Log) -> u8 {
        with! { log.plain("m") => {
            let buffer = [1; 384];
            log.say("body");
            pause().await;
            buffer[0]
        } }
    }
    let log = Log::new();
    let (small, larger) = (size_of_val(&plain(&log)), size_of_val(&entered(&log)));
    assert!(
        larger < small + 384,
        "the buffer is kept twice: {small}, {larger}"
    );
}
