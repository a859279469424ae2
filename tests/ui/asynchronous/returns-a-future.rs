use cm_runtime::context_manager;

#[context_manager]
async fn returns_a_future() -> impl Future {
    yield_!();
    async {}
}

fn main() {}
