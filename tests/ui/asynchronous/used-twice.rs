#[path = "../async_managers.rs"]
mod async_managers;

use async_managers::plain;
use cm_runtime::with;

async fn outer() {
    let manager = plain();
    with! { async manager => {} }
    with! { async manager => {} }
}

fn main() {
    drop(outer());
}
