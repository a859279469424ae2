use cm_runtime::context_manager;

#[context_manager(yields = u8)]
fn in_another_yield() {
    yield_!(u8::from(yield_!(1).is_success()));
}

fn main() {}
