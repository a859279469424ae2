use cm_runtime::{context_manager, within};

#[context_manager]
fn generator(1 | _: u8) {
    yield_!();
}

#[within(generator(1))]
async fn body(1 | _: u8) {}

fn main() {}
