//! Generated code takes nothing of its names from where it stands, and gives none away.
//!
//! It does not depend on the other packages here, so that those in `fixtures/` can run it in each
//! edition.

#![allow(
    dead_code,
    non_camel_case_types,
    clippy::all,
    clippy::pedantic,
    reason = "the names are odd on purpose"
)]

mod asynchronous;
mod kept_together;
mod locals;
mod passed_through;
mod positions;
mod shadowed;
mod traits;

/// A manager that lends its number, and counts the exits that were told of a success.
struct Counter {
    number: u32,
    succeeded: u32,
    failed: u32,
}

impl Counter {
    fn new(number: u32) -> Self {
        Counter {
            number,
            succeeded: 0,
            failed: 0,
        }
    }

    fn exits(&self) -> (u32, u32) {
        (self.succeeded, self.failed)
    }
}

impl cm_runtime::ContextManager for Counter {
    type Lends = cm_runtime::Mut<u32>;
    type Exit = Result<(), String>;

    fn enter(&mut self) -> Result<&mut u32, String> {
        Ok(&mut self.number)
    }

    fn exit(&mut self, outcome: cm_runtime::Outcome<'_>) -> Result<(), String> {
        if outcome.is_success() {
            self.succeeded += 1;
        } else {
            self.failed += 1;
        }
        Ok(())
    }
}

/// The same as an async manager.
struct AsyncCounter(Counter);

impl AsyncCounter {
    fn new(number: u32) -> Self {
        AsyncCounter(Counter::new(number))
    }
}

impl cm_runtime::AsyncContextManager for AsyncCounter {
    type Lends = cm_runtime::Mut<u32>;
    type Exit = Result<(), String>;

    async fn enter(&mut self) -> Result<&mut u32, String> {
        cm_runtime::ContextManager::enter(&mut self.0)
    }

    async fn exit(&mut self, outcome: cm_runtime::Outcome<'_>) -> Result<(), String> {
        cm_runtime::ContextManager::exit(&mut self.0, outcome)
    }
}

/// Runs a future that never waits.
fn block_on<T>(future: impl std::future::Future<Output = T>) -> T {
    use std::task::{Context, Poll, Waker};
    let mut future = Box::pin(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}
