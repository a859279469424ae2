use cm_runtime::context_manager;

#[context_manager]
async fn connection() {
    yield_!();
}

fn main() {}
