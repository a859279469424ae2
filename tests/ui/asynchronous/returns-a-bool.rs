use cm_runtime::context_manager;

#[context_manager]
async fn returns_a_bool() -> bool {
    yield_!();
    true
}

fn main() {}
