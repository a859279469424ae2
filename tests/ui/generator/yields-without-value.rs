use cm_runtime::context_manager;

#[context_manager(yields = u8)]
fn yields_without_value() {
    yield_!();
}

fn main() {}
