#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

async fn outer() {
    with! { plain() as x => {
        with! { plain() as y, async plain() as z => {} }
    } }
}

fn main() {
    drop(outer());
}
