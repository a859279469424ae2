use cm_runtime::{context_manager, with};

#[context_manager]
fn manager() {
    yield_!();
}

fn main() {
    let once = manager();
    with! { once => {} }
    with! { once => {} }
}
