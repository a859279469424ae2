#![deny(unused_must_use)]

use cm_runtime::context_manager;

#[context_manager]
async fn manager() {
    yield_!();
}

fn main() {
    manager();
}
