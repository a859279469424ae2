#[path = "../async_managers.rs"]
mod async_managers;

use async_managers::open;
use cm_runtime::with;

async fn outer() -> std::io::Result<()> {
    with! { async open() as number => { println!("{number}"); } }
    Ok(())
}

fn main() {
    drop(outer());
}
