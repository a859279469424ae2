use cm_runtime::context_manager;

#[context_manager]
fn opaque() -> impl Sized {
    yield_!();
}

fn main() {}
