#[path = "../async_managers.rs"]
mod async_managers;

use std::future::Future;
use std::rc::Rc;

use async_managers::plain;
use cm_runtime::with;

async fn work() -> Option<Rc<String>> {
    with! { async plain() as text => {
        if text.is_empty() {
            return Some(Rc::new(text.clone()));
        }
    } }
    None
}

fn spawn<F: Future + Send + 'static>(_: F) {}

fn main() {
    spawn(async {
        println!("{}", work().await.is_some());
    });
}
