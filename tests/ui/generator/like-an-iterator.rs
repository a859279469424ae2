use cm_runtime::context_manager;

#[context_manager]
fn iterator() -> impl Iterator<Item = u8> {
    yield_!(7);
}

fn main() {}
