use cm_runtime::context_manager;

#[context_manager(lends = u8)]
fn unknown() {
    yield_!();
}

fn main() {}
