use cm_runtime::{context_manager, with};

#[context_manager]
async fn manager() {
    yield_!();
}

async fn outer() {
    with! { async manager().await => {} }
}

fn main() {
    drop(outer());
}
