use cm_runtime::context_manager;

#[context_manager]
fn value() -> Vec<u8> {
    yield_!();
    vec![]
}

fn main() {}
