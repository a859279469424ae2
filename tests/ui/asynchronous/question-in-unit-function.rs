#[path = "../async_managers.rs"]
mod async_managers;

use async_managers::open;
use cm_runtime::with;

async fn outer() {
    with! { async open()? as number => { println!("{number}"); } }
}

fn main() {
    drop(outer());
}
