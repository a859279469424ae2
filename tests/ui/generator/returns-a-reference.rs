use cm_runtime::context_manager;

#[context_manager]
fn reference(text: &str) -> &str {
    yield_!();
    text
}

fn main() {}
