use cm_runtime::context_manager;

#[context_manager]
extern "C" fn foreign() {
    yield_!();
}

fn main() {}
