//! Locks, and managers that are entered more than once.
//!
//! ```console
//! $ cargo run --example locks
//! ```

use std::cell::Cell;
use std::convert::Infallible;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use cm_runtime::{ContextManager, Outcome, Owned, with};

/// Row 10: `with lock: balance += amount`. The lock holds what it protects, so that nobody gets at
/// the balance without it.
fn pay_in_and_out(balance: &Mutex<i64>) {
    for _ in 0..1000 {
        with! { balance as mut balance => { *balance += 5; } }
        with! { balance as mut balance => { *balance -= 3; } }
    }
}

/// Row 10: eight threads at once, and not a cent is lost.
fn bank() {
    let balance = Mutex::new(50_000);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| pay_in_and_out(&balance));
        }
    });
    println!("balance {}", with! { &balance as balance => { *balance } });
}

/// Row 19: `with lock or nullcontext():`. An `Option` of a manager is one.
fn count(hits: &AtomicU32, lock: Option<&Mutex<()>>) {
    for _ in 0..1000 {
        with! { lock => {
            let seen = hits.load(Ordering::Relaxed);
            hits.store(seen + 1, Ordering::Relaxed); // loses hits if another thread is here
        } }
    }
}

/// Row 19: shared by threads it takes a lock; alone it needs none.
fn optional_lock() {
    let (shared, alone, lock) = (AtomicU32::new(0), AtomicU32::new(0), Mutex::new(()));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| count(&shared, Some(&lock)));
        }
    });
    count(&alone, None);
    println!("with a lock {shared:?}, without {alone:?}");
}

/// Row 22: a lock is reusable. A generator is not: entering it uses it up, which the compiler
/// checks (see the README of the examples); Python says so when the program runs.
fn reusable() {
    let lock = Mutex::new(Vec::new());
    for word in ["first", "second"] {
        with! { &lock as mut words => { words.push(word); } }
    }
    println!(
        "used twice: {:?}",
        with! { &lock as words => { words.clone() } }
    );
}

/// Row 32: how deep the blocks are nested. It is a manager by shared reference, so that it can be
/// entered while it is entered.
#[derive(Default)]
struct Depth(Cell<usize>);

impl ContextManager for &Depth {
    type Lends = Owned<usize>;
    type Exit = ();

    fn enter(&mut self) -> Result<usize, Infallible> {
        self.0.set(self.0.get() + 1);
        Ok(self.0.get())
    }

    fn exit(&mut self, _: Outcome<'_>) {
        self.0.set(self.0.get() - 1);
    }
}

/// Row 32: the depth is 1 here, 2 in the function that is called, and 1 again.
fn outer(depth: &Depth) {
    with! { depth as level => {
        println!("outer: depth {level}");
        inner(depth);
        println!("outer again: depth {}", depth.0.get());
    } }
}

fn inner(depth: &Depth) {
    with! { depth as level => { println!("inner: depth {level}"); } }
}

fn main() {
    println!("10: a bank balance");
    bank();
    println!("19: an optional lock");
    optional_lock();
    println!("22: reusable");
    reusable();
    println!("32: re-entrant");
    let depth = Depth::default();
    outer(&depth);
    println!("afterwards: depth {}", depth.0.get());
}
