use cm_runtime::{context_manager, with};

#[context_manager]
fn manager() {
    yield_!();
}

fn main() {
    with! { manager => {} }
}
