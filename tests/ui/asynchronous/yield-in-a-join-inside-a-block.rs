use cm_runtime::{context_manager, with};

#[context_manager]
async fn in_a_join_inside_a_block() {
    let mutex = std::sync::Mutex::new(0);
    with! { &mutex => {
        tokio::join!(async { yield_!() }, async {});
    } }
}

fn main() {}
