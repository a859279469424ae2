#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

async fn outer() {
    with! { plain() as x => {
        x.len().await;
    } }
}

fn main() {
    drop(outer());
}
