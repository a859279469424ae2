//! Stacks, beside boxed closures and boxed guards.

use std::hint::black_box;

use cm_runtime::ExitStack;

use super::{Counter, CounterGuard, work};

#[inline(never)]
pub(super) fn by_hand(callbacks: u64, round: u64) -> u64 {
    let mut stack: Vec<Box<dyn FnOnce()>> = Vec::new();
    for n in 0..callbacks {
        stack.push(Box::new(move || {
            black_box(n);
        }));
    }
    let done = work(round);
    while let Some(callback) = stack.pop() {
        callback();
    }
    done
}

#[inline(never)]
pub(super) fn callbacks(callbacks: u64, round: u64) -> u64 {
    let stack = ExitStack::<()>::with_verdict();
    for n in 0..callbacks {
        stack.callback(move || {
            black_box(n);
        });
    }
    let done = work(round);
    stack.close();
    done
}

/// Guards of any type, as a stack takes managers of any type.
trait Guard {}

impl Guard for CounterGuard<'_> {}

#[inline(never)]
pub(super) fn guards(counters: &mut [u64], round: u64) -> u64 {
    let mut guards: Vec<Box<dyn Guard + '_>> = Vec::new();
    for counter in counters {
        guards.push(Box::new(CounterGuard::new(counter)));
    }
    let done = work(round);
    while let Some(guard) = guards.pop() {
        drop(guard);
    }
    done
}

#[inline(never)]
pub(super) fn managers(counters: &mut [u64], round: u64) -> u64 {
    let stack = ExitStack::<()>::with_verdict();
    for counter in counters {
        stack.enter(Counter(counter));
    }
    let done = work(round);
    stack.close();
    done
}
