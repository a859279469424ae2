//! Sync managers in async functions: a future that is dropped while its body is suspended, panics
//! across awaits, and awaits that macros hide.

mod blocks;
mod hidden;
mod macros;
mod select;
mod streams;

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use cm_tests::managers::Log;

/// Is pending so many times, and then ready.
struct Pending(u32);

impl Future for Pending {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        match self.0.checked_sub(1) {
            None => Poll::Ready(()),
            Some(left) => {
                self.0 = left;
                Poll::Pending
            }
        }
    }
}

fn pause() -> Pending {
    Pending(1)
}

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Polls so many times, then drops what is not ready.
fn cut_after<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut future = Box::pin(future);
    for _ in 0..polls {
        if let Poll::Ready(output) = poll(future.as_mut()) {
            return Some(output);
        }
    }
    None
}

/// What is logged by a run that is cut after each number of polls, and by one that ends.
fn cuts<F: Future>(run: impl Fn(Log) -> F) -> Vec<Vec<String>> {
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
