use cm_runtime::{context_manager, with};

#[context_manager]
fn manager(n: u8) {
    yield_!();
    drop(n);
}

fn main() {
    with! { manager("seven") => {} }
}
