use cm_runtime::context_manager;

#[context_manager(yields: u8)]
fn colon() {
    yield_!(7);
}

fn main() {}
