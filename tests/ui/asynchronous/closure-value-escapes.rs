#[path = "../async_managers.rs"]
mod async_managers;

use async_managers::plain;
use cm_runtime::AsyncManager;

async fn outer() {
    plain().with(async |text| text).await;
}

fn main() {
    drop(outer());
}
