//! Errors, guards and locals that are not `Send` or not `Sync`.

use std::cell::Cell;
use std::error::Error;
use std::fmt;
use std::sync::Mutex;

use cm_runtime::with;
use cm_tests::async_managers::pause;
use cm_tests::managers::{Log, Refused};

use super::{run, spawned, words};

/// An error that is not `Sync`.
#[derive(Debug)]
struct NotSync(Cell<u8>);

impl fmt::Display for NotSync {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.get().fmt(f)
    }
}

impl Error for NotSync {}

impl From<Refused> for NotSync {
    fn from(_: Refused) -> Self {
        Self(Cell::new(0))
    }
}

#[test]
fn errors_of_all_kinds() {
    fn fails<E>(error: E) -> Result<(), E> {
        Err(error)
    }
    async fn not_sync(log: &Log) -> Result<(), NotSync> {
        with! { async log.async_fallible("a")?, async words("b")? => {
            pause().await;
            fails(NotSync(Cell::new(7)))?;
        } }
        Ok(())
    }
    async fn boxed(log: &Log) -> Result<(), Box<dyn Error + Send>> {
        with! { async log.async_plain("a"), async words("b") => {
            pause().await;
            fails(Box::new(Refused("boxed")) as Box<dyn Error + Send>)?;
        } }
        .map_err(|refused| Box::new(refused) as _)
    }
    async fn boxed_sync(log: &Log) -> Result<(), Box<dyn Error + Send + Sync>> {
        with! { async log.async_fallible("a")?, async words("b")? => {
            pause().await;
            "x".parse::<u8>()?;
        } }
        Ok(())
    }
    async fn any(log: &Log) -> anyhow::Result<()> {
        with! { async log.async_fallible("a")?, async words("b")? => {
            pause().await;
            if log.take().len() == 2 {
                anyhow::bail!("bailed");
            }
        } }
        Ok(())
    }
    let log = Log::new();
    assert_eq!(run(not_sync(&log)).unwrap_err().0.get(), 7);
    assert_eq!(run(boxed(&log)).unwrap_err().to_string(), "boxed");
    assert!(run(boxed_sync(&log)).is_err());
    assert_eq!(run(any(&Log::new())).unwrap_err().to_string(), "bailed");
}

/// Made and gone between two awaits, an error may be what it likes.
#[test]
fn errors_that_are_not_send_and_stay() {
    async fn stays(log: &Log) -> usize {
        with! { async log.async_plain("a") as text => {
            pause().await;
            let length = {
                let failed: Box<dyn Error> = "no".into();
                failed.to_string().len()
            };
            pause().await;
            text.len() + length
        } }
    }
    assert_eq!(run(stays(&Log::new())), 3);
}

#[test]
fn guards_that_are_gone_before_the_await() {
    async fn counted(log: &Log, total: &Mutex<u32>) -> Result<u32, Refused> {
        with! { async log.async_fallible("a")? => {
            *total.lock().unwrap() += 1;
            pause().await;
            {
                let mut total = total.lock().unwrap();
                *total += 1;
            }
            pause().await;
            let seen = *total.lock().unwrap();
            with! { total as mut total => { *total += 1; } }
            pause().await;
            Ok(seen)
        } }
    }
    let total = Mutex::new(0);
    assert_eq!(run(counted(&Log::new(), &total)), Ok(2));
    assert_eq!(*total.lock().unwrap(), 3);
}

#[test]
fn locals_that_are_not_sync_across_awaits() {
    async fn counted(log: Log) -> u32 {
        let total = Cell::new(1);
        with! { async log.async_plain("a") => {
            let here = Cell::new(1);
            pause().await;
            total.set(total.get() + here.get());
        } }
        pause().await;
        total.get()
    }
    assert_eq!(spawned(counted(Log::new())), 2);
}
