#[path = "../async_managers.rs"]
mod async_managers;

use async_managers::open;
use cm_runtime::with;

struct AppError;

async fn outer() -> Result<u8, AppError> {
    with! { async open()? as number => { Ok(number) } }
}

fn main() {
    drop(outer());
}
