#[path = "../async_managers.rs"]
mod async_managers;

use std::error::Error;
use std::future::Future;

use async_managers::plain;
use cm_runtime::with;

async fn check(text: &str) -> Result<(), Box<dyn Error>> {
    Err(text.into())
}

async fn work() -> Result<(), Box<dyn Error>> {
    with! { async plain() as text => {
        check(text).await?;
    } }
    Ok(())
}

fn spawn<F: Future + Send + 'static>(_: F) {}

fn main() {
    spawn(async {
        println!("{}", work().await.is_ok());
    });
}
