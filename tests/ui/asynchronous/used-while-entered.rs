#[path = "../async_managers.rs"]
mod async_managers;

use async_managers::plain;
use cm_runtime::with;

async fn outer() {
    let mut manager = plain();
    with! { async &mut manager as text => {
        manager.0.clear();
        text.clear();
    } }
}

fn main() {
    drop(outer());
}
