use cm_runtime::context_manager;

#[context_manager]
unsafe fn promises() {
    yield_!();
}

fn main() {}
