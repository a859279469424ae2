//! The outcome cannot be given to a task, which can outlive the frame.

use cm_runtime::context_manager;

fn spawn(_: impl Future + Send + 'static) {}

#[context_manager]
async fn spawns() {
    let outcome = yield_!();
    spawn(async move { outcome.is_success() });
}

fn main() {}
