use cm_runtime::context_manager;

#[context_manager(crate = renamed)]
fn relative_path() {
    yield_!();
}

fn main() {}
