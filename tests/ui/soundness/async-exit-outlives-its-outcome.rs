//! The future of an exit lives no longer than what its outcome borrows.

use cm_runtime::{AsyncManager, Outcome, context_manager};

#[context_manager]
async fn manager() {
    yield_!();
}

fn exits<'o>(outcome: Outcome<'o>) {
    let manager = Box::leak(Box::new(Box::pin(manager())));
    let exit = manager.as_mut().drive_exit(outcome);
    spawn(exit);
}

fn spawn(_: impl Future + 'static) {}

fn main() {
    exits(Outcome::Cancelled);
}
