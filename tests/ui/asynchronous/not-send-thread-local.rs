use std::cell::Cell;

use cm_runtime::contextlib::replace_local;
use cm_runtime::with;

thread_local!(static DIGITS: Cell<u8> = const { Cell::new(28) });

async fn round() {
    with! { replace_local(&DIGITS, 2) => {
        std::future::ready(()).await;
    } }
}

fn spawn<F: Future + Send + 'static>(_: F) {}

fn main() {
    spawn(round());
}
