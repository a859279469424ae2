use cm_runtime::context_manager;

#[context_manager]
fn fails() -> Result<(), String> {
    yield_!();
}

fn main() {}
