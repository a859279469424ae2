use cm_runtime::{context_manager, with};

#[context_manager]
async fn manager() {
    yield_!();
}

async fn outer() {
    with! { manager() => {} }
}

fn main() {
    drop(outer());
}
