use cm_runtime::context_manager;

#[context_manager(yields = )]
fn no_type() {
    yield_!();
}

fn main() {}
