#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

async fn outer() {
    with! { async plain() as x => { x.clear(); } }
}

fn main() {
    drop(outer());
}
