use cm_runtime::{context_manager, with};

#[context_manager]
async fn manager() {
    yield_!();
}

async fn outer() {
    let mut once = manager();
    with! { async &mut once => {} }
}

fn main() {
    drop(outer());
}
