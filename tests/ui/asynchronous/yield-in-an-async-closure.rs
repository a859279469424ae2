use cm_runtime::context_manager;

#[context_manager]
async fn in_an_async_closure() {
    let f = async || yield_!();
    f().await;
}

fn main() {}
