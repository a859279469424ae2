#[path = "../async_managers.rs"]
mod async_managers;

use async_managers::connect;
use cm_runtime::with;

async fn outer() {
    with! { async connect() as text => { text.clear(); } }
}

fn main() {
    drop(outer());
}
