#[path = "../async_managers.rs"]
mod async_managers;

use async_managers::plain;
use cm_runtime::with;

async fn outer() {
    let kept = with! { async plain() as text => { text } };
    kept.clear();
}

fn main() {
    drop(outer());
}
