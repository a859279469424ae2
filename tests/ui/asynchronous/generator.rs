//! Where the yield of an async generator can stand, and what the function returns.

use cm_runtime::{context_manager, with};

#[context_manager]
async fn none() {}

#[context_manager]
async fn two() {
    yield_!();
    yield_!();
}

#[context_manager]
async fn in_a_loop() {
    loop {
        yield_!();
    }
}

#[context_manager]
async fn in_a_closure() {
    let f = || yield_!();
    f();
}

#[context_manager]
async fn in_an_async_closure() {
    let f = async || yield_!();
    f().await;
}

#[context_manager]
async fn in_an_async_block() {
    async { yield_!() }.await;
}

#[context_manager]
async fn in_the_arguments_of_a_macro() {
    tokio::select! {
        _ = async {} => {}
        outcome = async { yield_!() } => drop(outcome),
    }
}

#[context_manager]
async fn in_a_join_inside_a_block() {
    let mutex = std::sync::Mutex::new(0);
    with! { &mutex => {
        tokio::join!(async { yield_!() }, async {});
    } }
}

#[context_manager]
async fn returns_a_bool() -> bool {
    yield_!();
    true
}

#[context_manager]
async fn returns_a_future() -> impl Future {
    yield_!();
    async {}
}

#[context_manager]
async fn returns_before_the_yield(early: bool) {
    if early {
        return;
    }
    yield_!();
}

fn main() {}
