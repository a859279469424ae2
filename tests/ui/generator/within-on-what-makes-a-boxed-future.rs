use std::pin::Pin;

use cm_runtime::within;

#[within(std::cell::RefCell::new(1))]
fn countdown(n: u32) -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async move {
        if n > 0 {
            countdown(n - 1).await;
        }
    })
}

fn main() {}
