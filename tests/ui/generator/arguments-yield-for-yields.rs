use cm_runtime::context_manager;

#[context_manager(yield = u8)]
fn keyword() {
    yield_!();
}

fn main() {}
