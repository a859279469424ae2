use cm_runtime::context_manager;

#[context_manager]
fn in_a_closure() {
    let f = || yield_!();
    f();
}

fn main() {}
