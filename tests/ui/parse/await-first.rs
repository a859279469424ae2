#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

async fn f() {
    drop(plain());
    with! { await plain() as x => {} };
}

fn main() {}
