use cm_runtime::context_manager;

#[context_manager]
async fn two() {
    yield_!();
    yield_!();
}

fn main() {}
