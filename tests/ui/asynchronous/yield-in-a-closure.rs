use cm_runtime::context_manager;

#[context_manager]
async fn in_a_closure() {
    let f = || yield_!();
    f();
}

fn main() {}
