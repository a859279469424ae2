use cm_runtime::contextlib::shielded;
use cm_runtime::{context_manager, with};

#[context_manager]
async fn session() -> cm_runtime::Suppress {
    yield_!();
    cm_runtime::Suppress::Yes
}

async fn outer() {
    with! { async shielded(session()) => {} };
}

fn main() {
    drop(outer());
}
