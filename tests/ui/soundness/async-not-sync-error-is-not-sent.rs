//! What an outcome shows of an error is not `Send`: only the outcome is.

use cm_runtime::context_manager;

async fn pause() {}

#[context_manager]
async fn keeps() {
    let outcome = yield_!();
    let error = outcome.error();
    pause().await;
    drop(error);
}

fn send(_: impl Send) {}

fn main() {
    send(keeps());
}
