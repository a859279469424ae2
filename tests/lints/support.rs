//! What the snippets use; the same in each crate that is made of them.

use std::marker::PhantomData;
use std::sync::{Mutex, MutexGuard};

use cm_runtime::{AsyncContextManager, ContextManager, Outcome, Owned};

/// Lends a number; exit can do nothing.
#[derive(Debug)]
pub struct Number;

impl ContextManager for Number {
    type Lends = Owned<u32>;
    type Exit = ();

    fn enter(&mut self) -> Result<u32, std::convert::Infallible> {
        Ok(lent())
    }

    fn exit(&mut self, _: Outcome<'_>) {}
}

/// Lends two numbers.
#[derive(Debug)]
pub struct Numbers;

impl ContextManager for Numbers {
    type Lends = Owned<(u32, u32)>;
    type Exit = ();

    fn enter(&mut self) -> Result<(u32, u32), std::convert::Infallible> {
        Ok(lent2())
    }

    fn exit(&mut self, _: Outcome<'_>) {}
}

/// Lends a guard, and holds one as far as the compiler knows.
#[derive(Debug)]
pub struct Lock(PhantomData<MutexGuard<'static, ()>>);

impl ContextManager for Lock {
    type Lends = Owned<MutexGuard<'static, Vec<u32>>>;
    type Exit = ();

    fn enter(&mut self) -> Result<MutexGuard<'static, Vec<u32>>, std::convert::Infallible> {
        Ok(lent_lock())
    }

    fn exit(&mut self, _: Outcome<'_>) {}
}

impl AsyncContextManager for Number {
    type Lends = Owned<u32>;
    type Exit = ();

    async fn enter(&mut self) -> Result<u32, std::convert::Infallible> {
        Ok(later_lent().await)
    }

    async fn exit(&mut self, _: Outcome<'_>) {
        entered().await;
    }
}

impl AsyncContextManager for Numbers {
    type Lends = Owned<(u32, u32)>;
    type Exit = ();

    async fn enter(&mut self) -> Result<(u32, u32), std::convert::Infallible> {
        Ok(later_lent2().await)
    }

    async fn exit(&mut self, _: Outcome<'_>) {
        entered().await;
    }
}

#[must_use]
pub fn number() -> Number {
    Number
}

#[must_use]
pub fn numbers() -> Numbers {
    Numbers
}

#[must_use]
pub fn lock() -> Lock {
    Lock(PhantomData)
}

/// What stands for entering the manager in a plain block.
pub fn lent() -> u32 {
    work()
}

pub fn lent2() -> (u32, u32) {
    (work(), work())
}

pub fn lent_lock() -> MutexGuard<'static, Vec<u32>> {
    static LOCK: Mutex<Vec<u32>> = Mutex::new(Vec::new());
    LOCK.lock().unwrap()
}

/// What stands for entering an async manager.
pub async fn entered() {
    std::future::ready(()).await;
}

pub async fn later_lent() -> u32 {
    later().await
}

pub async fn later_lent2() -> (u32, u32) {
    (later().await, later().await)
}

/// What stands for a yield in a plain function.
pub fn outcome<T>(_: T) -> Outcome<'static> {
    Outcome::Cancelled
}

pub async fn later_outcome<T>(lent: T) -> Outcome<'static> {
    later().await;
    outcome(lent)
}

/// Of a value that no lint knows.
pub fn work() -> u32 {
    std::hint::black_box(1)
}

pub fn done<T>(_: T) {
    std::hint::black_box(());
}

#[must_use]
pub fn must_use() -> u32 {
    1
}

pub fn fails() -> Result<(), String> {
    Ok(())
}

pub fn listed() -> Result<Vec<u32>, String> {
    Ok(vec![1])
}

pub async fn later_list() -> Vec<u32> {
    listed().unwrap_or_default()
}

pub async fn later() -> u32 {
    std::future::ready(1).await
}

#[deprecated]
pub fn old() -> u32 {
    1
}
