use cm_runtime::context_manager;

#[context_manager(crate = ::cm_runtime, crate = ::cm_runtime)]
fn crate_twice() {
    yield_!();
}

fn main() {}
