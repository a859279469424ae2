//! The async side of `contextlib`, on tokio.

mod closing;
mod detached;
mod group;
mod group_cancelled;
mod locks;
mod span;
mod spawned;
mod transaction;

use std::future::Future;

/// Runs on the thread of the test, where lost errors can be captured.
fn on_tokio<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(future)
}
