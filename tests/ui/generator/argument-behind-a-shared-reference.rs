use cm_runtime::{context_manager, with};

#[context_manager]
fn extended(all: &Vec<u8>) {
    all.push(1);
    yield_!();
}

fn main() {
    with! { extended(&vec![1]) => {} }
}
