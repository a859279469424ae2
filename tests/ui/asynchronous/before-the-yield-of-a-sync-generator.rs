#[path = "../async_managers.rs"]
mod async_managers;

use cm_runtime::context_manager;

#[context_manager]
fn behind_it() {
    cm_runtime::with! { async async_managers::plain() => {} }
    yield_!();
}

fn main() {}
