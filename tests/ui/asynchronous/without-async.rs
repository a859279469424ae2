#[path = "../async_managers.rs"]
mod async_managers;

use async_managers::plain;
use cm_runtime::with;

async fn outer() {
    with! { plain() as text => { text.clear(); } }
}

fn main() {
    drop(outer());
}
