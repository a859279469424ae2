use cm_runtime::context_manager;

#[context_manager]
fn in_a_constant() {
    let _ = [0; { yield_!().is_success() as usize }];
}

fn main() {}
