//! The pairs: each does the same work by hand, with `with!`, and where it can, with scopeguard.
//!
//! What a block runs is behind a call that is never inlined, as real work is.

mod buffer;
mod fallible;
mod generator;
mod stack;
mod tools;

use std::convert::Infallible;
use std::hint::black_box;
use std::sync::Mutex;

use cm_runtime::{ContextManager, Outcome, Owned, with};
use scopeguard::guard;

use crate::asynchronous;

pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// Blocks entered in one round.
    pub(crate) blocks: u32,
    pub(crate) bar: Bar,
    /// How many allocations a round may make.
    pub(crate) allocations: u64,
    pub(crate) hand: fn(u64) -> u64,
    pub(crate) with: fn(u64) -> u64,
    pub(crate) scopeguard: Option<fn(u64) -> u64>,
}

/// How much more than by hand `with!` may execute.
pub(crate) enum Bar {
    /// So many instructions, for each block entered.
    Instructions(f64),
    /// So many times the instructions.
    Ratio(f64),
}

const BLOCK: Bar = Bar::Instructions(3.0);
const GENERATOR: Bar = Bar::Instructions(30.0);
const ASYNC: Bar = Bar::Ratio(1.10);
const STACK: Bar = Bar::Ratio(1.10);
const TOOL: Bar = Bar::Instructions(3.0);
/// Does more than the form by hand: the figure is to be seen, not to be kept.
const SHOWN: Bar = Bar::Ratio(f64::INFINITY);

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "a counter around a call",
        blocks: 1,
        bar: BLOCK,
        allocations: 0,
        hand: |round| one::hand(&mut black_box(0), round),
        with: |round| one::with(&mut black_box(0), round),
        scopeguard: Some(|round| one::guarded(&mut black_box(0), round)),
    },
    Case {
        name: "three nested",
        blocks: 3,
        bar: BLOCK,
        allocations: 0,
        hand: |round| three::hand(black_box(&mut [0; 3]), round),
        with: |round| three::with(black_box(&mut [0; 3]), round),
        scopeguard: Some(|round| three::guarded(black_box(&mut [0; 3]), round)),
    },
    Case {
        name: "a `?` that fails one time in ten",
        blocks: 1,
        bar: BLOCK,
        allocations: 0,
        hand: |round| question::hand(&mut black_box(0), round).unwrap_or(0),
        with: |round| question::with(&mut black_box(0), round).unwrap_or(0),
        scopeguard: Some(|round| question::guarded(&mut black_box(0), round).unwrap_or(0)),
    },
    Case {
        name: "an exit that can fail",
        blocks: 1,
        bar: BLOCK,
        allocations: 0,
        hand: |round| fallible::hand(round).unwrap_or(0),
        with: |round| fallible::with(round).unwrap_or(0),
        scopeguard: None,
    },
    Case {
        name: "a lock",
        blocks: 1,
        bar: BLOCK,
        allocations: 0,
        hand: |round| lock::hand(&Mutex::new(0), round),
        with: |round| lock::with(&Mutex::new(0), round),
        scopeguard: None,
    },
    Case {
        name: "a generator: a counter",
        blocks: 1,
        bar: GENERATOR,
        allocations: 0,
        hand: |round| one::hand(&mut black_box(0), round),
        with: |round| generator::counter(&mut black_box(0), round),
        scopeguard: None,
    },
    Case {
        name: "a generator: an exit that can fail",
        blocks: 1,
        bar: GENERATOR,
        allocations: 0,
        hand: |round| fallible::hand(round).unwrap_or(0),
        with: |round| generator::fallible(round).unwrap_or(0),
        scopeguard: None,
    },
    Case {
        name: "a generator: lends its own buffer",
        blocks: 1,
        bar: GENERATOR,
        allocations: 0,
        hand: |round| buffer::hand(black_box(&mut [0; 8]), round),
        with: |round| buffer::generator(black_box(&mut [0; 8]), round),
        scopeguard: None,
    },
    Case {
        name: "async: a block",
        blocks: 1,
        bar: ASYNC,
        allocations: 0,
        hand: asynchronous::hand,
        with: asynchronous::with,
        scopeguard: None,
    },
    Case {
        name: "async: three nested",
        blocks: 3,
        bar: ASYNC,
        allocations: 0,
        hand: asynchronous::hand_three,
        with: asynchronous::with_three,
        scopeguard: None,
    },
    Case {
        name: "async: a generator",
        blocks: 1,
        bar: SHOWN,
        allocations: 0,
        hand: asynchronous::hand,
        with: asynchronous::generator,
        scopeguard: None,
    },
    Case {
        name: "a stack: 10 callbacks",
        blocks: 10,
        bar: STACK,
        allocations: 10 + 3,
        hand: |round| stack::by_hand(10, round),
        with: |round| stack::callbacks(10, round),
        scopeguard: None,
    },
    Case {
        name: "a stack: 1,000 callbacks",
        blocks: 1_000,
        bar: STACK,
        allocations: 1_000 + 9,
        hand: |round| stack::by_hand(1_000, round),
        with: |round| stack::callbacks(1_000, round),
        scopeguard: None,
    },
    Case {
        name: "a stack: 10 managers",
        blocks: 10,
        bar: STACK,
        allocations: 10 + 3,
        hand: |round| stack::guards(black_box(&mut [0; 10]), round),
        with: |round| stack::managers(black_box(&mut [0; 10]), round),
        scopeguard: None,
    },
    Case {
        name: "guard",
        blocks: 1,
        bar: TOOL,
        allocations: 0,
        hand: |round| one::hand(&mut black_box(0), round),
        with: |round| tools::guard(&mut black_box(0), round),
        scopeguard: Some(|round| one::guarded(&mut black_box(0), round)),
    },
    Case {
        name: "closing",
        blocks: 1,
        bar: TOOL,
        allocations: 0,
        hand: |round| one::hand(&mut black_box(0), round),
        with: |round| tools::closing(&mut black_box(0), round),
        scopeguard: None,
    },
    Case {
        name: "replace",
        blocks: 1,
        bar: TOOL,
        allocations: 0,
        hand: |round| tools::replaced_by_hand(&mut black_box(1), round),
        with: |round| tools::replaced(&mut black_box(1), round),
        scopeguard: None,
    },
    Case {
        name: "suppress",
        blocks: 1,
        bar: SHOWN,
        allocations: 0,
        hand: tools::suppressed_by_hand,
        with: tools::suppressed,
        scopeguard: None,
    },
];

#[inline(never)]
fn work(round: u64) -> u64 {
    black_box(round) + 1
}

#[inline(never)]
fn fallible_work(round: u64) -> Result<u64, u32> {
    if black_box(round) % 10 == 0 {
        Err(7)
    } else {
        Ok(round)
    }
}

struct Counter<'a>(&'a mut u64);

impl ContextManager for Counter<'_> {
    type Lends = Owned<()>;
    type Exit = ();

    fn enter(&mut self) -> Result<(), Infallible> {
        *self.0 += 1;
        Ok(())
    }

    fn exit(&mut self, _: Outcome<'_>) {
        *self.0 += 2;
    }
}

struct CounterGuard<'a>(&'a mut u64);

impl<'a> CounterGuard<'a> {
    fn new(counter: &'a mut u64) -> Self {
        *counter += 1;
        Self(counter)
    }
}

impl Drop for CounterGuard<'_> {
    fn drop(&mut self) {
        *self.0 += 2;
    }
}

fn scope_guard(counter: &mut u64) -> impl Drop + '_ {
    *counter += 1;
    guard(counter, |counter| *counter += 2)
}

mod one {
    use super::{Counter, CounterGuard, scope_guard, with, work};

    #[inline(never)]
    pub(super) fn hand(counter: &mut u64, round: u64) -> u64 {
        let _guard = CounterGuard::new(counter);
        work(round)
    }

    #[inline(never)]
    pub(super) fn with(counter: &mut u64, round: u64) -> u64 {
        with! { Counter(counter) => { work(round) } }
    }

    #[inline(never)]
    pub(super) fn guarded(counter: &mut u64, round: u64) -> u64 {
        let _guard = scope_guard(counter);
        work(round)
    }
}

mod three {
    use super::{Counter, CounterGuard, scope_guard, with, work};

    #[inline(never)]
    pub(super) fn hand([a, b, c]: &mut [u64; 3], round: u64) -> u64 {
        let _a = CounterGuard::new(a);
        let _b = CounterGuard::new(b);
        let _c = CounterGuard::new(c);
        work(round)
    }

    #[inline(never)]
    pub(super) fn with([a, b, c]: &mut [u64; 3], round: u64) -> u64 {
        with! { Counter(a), Counter(b), Counter(c) => { work(round) } }
    }

    #[inline(never)]
    pub(super) fn guarded([a, b, c]: &mut [u64; 3], round: u64) -> u64 {
        let _a = scope_guard(a);
        let _b = scope_guard(b);
        let _c = scope_guard(c);
        work(round)
    }
}

mod question {
    use super::{Counter, CounterGuard, fallible_work, scope_guard, with};

    #[inline(never)]
    pub(super) fn hand(counter: &mut u64, round: u64) -> Result<u64, u64> {
        let _guard = CounterGuard::new(counter);
        let done = fallible_work(round)?;
        Ok(done + 1)
    }

    #[inline(never)]
    pub(super) fn with(counter: &mut u64, round: u64) -> Result<u64, u64> {
        with! { Counter(counter) => {
            let done = fallible_work(round)?;
            Ok(done + 1)
        } }
    }

    #[inline(never)]
    pub(super) fn guarded(counter: &mut u64, round: u64) -> Result<u64, u64> {
        let _guard = scope_guard(counter);
        let done = fallible_work(round)?;
        Ok(done + 1)
    }
}

mod lock {
    use super::{Mutex, with, work};

    #[inline(never)]
    pub(super) fn hand(counter: &Mutex<u64>, round: u64) -> u64 {
        let mut count = counter.lock().unwrap();
        *count += 1;
        work(round)
    }

    #[inline(never)]
    pub(super) fn with(counter: &Mutex<u64>, round: u64) -> u64 {
        with! { counter as mut count => {
            *count += 1;
            work(round)
        } }
    }
}
