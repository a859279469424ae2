use std::rc::Rc;

use cm_runtime::contextlib::detached;
use cm_runtime::{context_manager, with};

#[context_manager]
async fn session() {
    let shared = Rc::new(1);
    yield_!();
    drop(shared);
}

async fn outer() {
    with! { async detached(session()) => {} };
}

fn main() {
    drop(outer());
}
