use cm_runtime::{context_manager, with};

#[context_manager]
async fn manager() {
    yield_!();
}

async fn outer() {
    let once = manager();
    with! { async once => {} }
    with! { async once => {} }
}

fn main() {
    drop(outer());
}
