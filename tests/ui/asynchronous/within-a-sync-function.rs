use cm_runtime::{context_manager, within};

#[context_manager]
async fn manager() {
    yield_!();
}

#[within(async manager())]
fn run() {}

fn main() {
    run();
}
