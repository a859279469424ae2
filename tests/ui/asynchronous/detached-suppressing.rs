use cm_runtime::contextlib::detached;
use cm_runtime::{context_manager, with};

#[context_manager]
async fn session() -> cm_runtime::Suppress {
    yield_!();
    cm_runtime::Suppress::Yes
}

async fn outer() {
    with! { async detached(session()) => {} };
}

fn main() {
    drop(outer());
}
