#[path = "../managers.rs"]
mod managers;

use std::rc::Rc;

use cm_runtime::{context_manager, with};

#[context_manager]
async fn counted(count: u8) {
    let shared = Rc::new(count);
    yield_!();
    drop(shared);
}

async fn outer() {
    with! { async counted(1) => {} }
}

fn spawn<F: Future + Send + 'static>(_: F) {}

fn main() {
    spawn(outer());
}
