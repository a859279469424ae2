use cm_runtime::context_manager;

#[context_manager]
async fn in_an_async_block() {
    async { yield_!() }.await;
}

fn main() {}
