use std::future::Future;

use cm_runtime::within;

#[within(std::cell::RefCell::new(1))]
fn body(text: &str) -> impl Future<Output = usize> {
    async move { text.len() }
}

fn main() {}
