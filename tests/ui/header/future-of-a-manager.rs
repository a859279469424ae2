#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::{Plain, plain};

async fn connected() -> Plain {
    plain()
}

async fn outer() {
    with! { connected() as text => {
        text.clear();
    } }
}

fn main() {
    drop(outer());
}
