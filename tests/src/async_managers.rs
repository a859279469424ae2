//! Async managers for each verdict, which log their calls and can be suspended in enter and exit;
//! and futures for tests that choose where they are dropped.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use cm_runtime::{AsyncContextManager, Mut, Outcome, Owned, Suppress, Typed};

use crate::managers::{Log, Noisy, Refused, told};

/// Is pending so many times, and then ready.
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Pending(pub u32);

impl Future for Pending {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        match self.0.checked_sub(1) {
            None => Poll::Ready(()),
            Some(left) => {
                self.0 = left;
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }
}

/// Suspends once.
pub fn pause() -> Pending {
    Pending(1)
}

/// One poll, with a waker that does nothing.
pub fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Polls so many times, then drops what is not ready.
pub fn cut_after<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut future = Box::pin(future);
    for _ in 0..polls {
        if let Poll::Ready(output) = poll(future.as_mut()) {
            return Some(output);
        }
    }
    None
}

/// Polls to the end.
///
/// # Panics
/// If the future does.
pub fn run<F: Future>(future: F) -> F::Output {
    cut_after(usize::MAX, future).expect("it is polled until it is ready")
}

/// What is logged by a run that is cut after each number of polls, and by one that ends.
pub fn cuts<F: Future>(run: impl Fn(Log) -> F) -> Vec<Vec<String>> {
    let mut all = vec![];
    for polls in 0.. {
        let log = Log::new();
        let output = cut_after(polls, run(log.clone()));
        all.push(log.take());
        if output.is_some() {
            return all;
        }
    }
    unreachable!("it is ready at some time")
}

/// What the async managers have in common: they log when enter and exit begin and when they end,
/// and suspend once in between.
#[derive(Debug)]
struct Calls {
    log: Log,
    name: &'static str,
}

impl Calls {
    async fn enter(&self) {
        self.log.say(format!("entering {}", self.name));
        pause().await;
        self.log.say(format!("entered {}", self.name));
    }

    async fn exit(&self, outcome: String) {
        self.log.say(format!("exiting {}: {outcome}", self.name));
        pause().await;
        self.log.say(format!("exited {}", self.name));
    }

    fn cancel(&self, outcome: &str) {
        self.log.say(format!("cancel {}: {outcome}", self.name));
    }
}

impl Log {
    fn calls(&self, name: &'static str) -> Calls {
        let log = self.clone();
        Calls { log, name }
    }

    /// An async manager that can neither fail nor suppress.
    #[must_use]
    pub fn async_plain(&self, name: &'static str) -> AsyncPlain {
        AsyncPlain {
            calls: self.calls(name),
            text: name.into(),
        }
    }

    /// An async manager whose enter and exit can fail.
    #[must_use]
    pub fn async_fallible(&self, name: &'static str) -> AsyncFallible {
        AsyncFallible {
            calls: self.calls(name),
            enter: Ok(()),
            exit: Ok(()),
        }
    }

    /// An async manager that suppresses every failure.
    #[must_use]
    pub fn async_suppressing(&self, name: &'static str) -> AsyncSuppressing {
        AsyncSuppressing {
            calls: self.calls(name),
        }
    }

    /// An async manager that can suppress, and can fail.
    #[must_use]
    pub fn async_both(&self, name: &'static str, answer: Result<Suppress, Refused>) -> AsyncBoth {
        AsyncBoth {
            calls: self.calls(name),
            answer,
        }
    }
}

/// Lends its text; exit returns `()`.
#[derive(Debug)]
pub struct AsyncPlain {
    calls: Calls,
    text: String,
}

impl AsyncContextManager for AsyncPlain {
    type Lends = Mut<String>;
    type Exit = ();

    async fn enter(&mut self) -> Result<&mut String, Infallible> {
        self.calls.enter().await;
        Ok(&mut self.text)
    }

    async fn exit(&mut self, outcome: Outcome<'_>) {
        self.calls.exit(told(outcome)).await;
    }

    fn cancel(&mut self, outcome: Outcome<'_>) {
        self.calls.cancel(&told(outcome));
    }
}

/// Lends a value that logs when it is dropped; exit returns `Result<(), Refused>`.
#[derive(Debug)]
pub struct AsyncFallible {
    calls: Calls,
    enter: Result<(), Refused>,
    exit: Result<(), Refused>,
}

impl AsyncFallible {
    /// Makes enter fail.
    #[must_use]
    pub fn refusing_enter(mut self, why: &'static str) -> Self {
        self.enter = Err(Refused(why));
        self
    }

    /// Makes exit fail.
    #[must_use]
    pub fn refusing_exit(mut self, why: &'static str) -> Self {
        self.exit = Err(Refused(why));
        self
    }
}

impl AsyncContextManager for AsyncFallible {
    type Lends = Owned<Noisy>;
    type Exit = Result<(), Refused>;

    async fn enter(&mut self) -> Result<Noisy, Refused> {
        self.calls.enter().await;
        self.enter?;
        Ok(self.calls.log.noisy("value"))
    }

    async fn exit(&mut self, outcome: Outcome<'_>) -> Result<(), Refused> {
        self.calls.exit(told(outcome)).await;
        self.exit
    }

    fn cancel(&mut self, outcome: Outcome<'_>) {
        self.calls.cancel(&told(outcome));
    }
}

/// Lends nothing; exit returns `Suppress::Yes`.
#[derive(Debug)]
pub struct AsyncSuppressing {
    calls: Calls,
}

impl AsyncContextManager for AsyncSuppressing {
    type Lends = Owned<()>;
    type Exit = Suppress;

    async fn enter(&mut self) -> Result<(), Infallible> {
        self.calls.enter().await;
        Ok(())
    }

    async fn exit(&mut self, outcome: Outcome<'_, Typed>) -> Suppress {
        self.calls.exit(told(outcome)).await;
        Suppress::Yes
    }

    fn cancel(&mut self, outcome: Outcome<'_, Typed>) {
        self.calls.cancel(&told(outcome));
    }
}

/// Lends nothing; exit returns its answer.
#[derive(Debug)]
pub struct AsyncBoth {
    calls: Calls,
    answer: Result<Suppress, Refused>,
}

impl AsyncContextManager for AsyncBoth {
    type Lends = Owned<()>;
    type Exit = Result<Suppress, Refused>;

    async fn enter(&mut self) -> Result<(), Refused> {
        self.calls.enter().await;
        Ok(())
    }

    async fn exit(&mut self, outcome: Outcome<'_, Typed>) -> Result<Suppress, Refused> {
        self.calls.exit(told(outcome)).await;
        self.answer
    }

    fn cancel(&mut self, outcome: Outcome<'_, Typed>) {
        self.calls.cancel(&told(outcome));
    }
}
