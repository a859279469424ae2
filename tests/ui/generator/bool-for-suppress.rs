use cm_runtime::{Suppress, context_manager};

#[context_manager]
fn manager() -> Suppress {
    yield_!().is::<std::io::Error>()
}

fn main() {}
