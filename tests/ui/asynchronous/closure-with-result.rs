#[path = "../async_managers.rs"]
mod async_managers;

use std::num::ParseIntError;

use async_managers::plain;
use cm_runtime::AsyncManager;

async fn parse(text: &mut String) -> Result<u8, ParseIntError> {
    text.parse()
}

// A closure does the same, but the compiler's suggestion would show the path of this file.
async fn outer() {
    plain().with(parse).await;
}

fn main() {
    drop(outer());
}
