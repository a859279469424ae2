use cm_runtime::context_manager;

#[context_manager(yields = u8)]
fn two_values() {
    yield_!(1, 2);
}

fn main() {}
