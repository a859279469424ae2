//! Attacks on the protocol between a block and an async generator that have to be harmless; those
//! that must not compile are in `ui/soundness/`.

mod outcomes;
mod phases;
mod threads;
mod wakers;

use std::panic::{AssertUnwindSafe, catch_unwind};

use cm_runtime::context_manager;
use cm_tests::async_managers::pause;
use cm_tests::managers::{Log, Refused, told};

fn message<T>(f: impl FnOnce() -> T) -> String {
    let payload = catch_unwind(AssertUnwindSafe(f)).err().unwrap();
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload
            .downcast::<&str>()
            .map(|text| (*text).into())
            .unwrap_or_default(),
    }
}

/// Suspended before its yield and behind it; lends its own heap.
#[context_manager(yields = &mut Vec<u8>)]
async fn bytes(log: &Log) -> Result<(), Refused> {
    let _local = log.noisy("local");
    let mut own = vec![1, 2, 3];
    pause().await;
    let outcome = yield_!(&mut own);
    log.say(format!("{} {own:?}", told(outcome)));
    pause().await;
    log.say("end");
    Ok(())
}
