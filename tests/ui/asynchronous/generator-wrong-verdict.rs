use cm_runtime::context_manager;

#[context_manager]
async fn fails() -> Result<(), String> {
    yield_!();
}

fn main() {}
