//! Nothing but a block polls a generator.

use cm_runtime::context_manager;

#[context_manager]
async fn manager() {
    yield_!();
}

fn polls(_: impl Future) {}

fn main() {
    polls(manager());
}
