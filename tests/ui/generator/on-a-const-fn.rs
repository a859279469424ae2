use cm_runtime::context_manager;

#[context_manager]
const fn constant() {
    yield_!();
}

fn main() {}
