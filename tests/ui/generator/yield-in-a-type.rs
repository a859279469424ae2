use cm_runtime::context_manager;

#[context_manager]
fn in_a_type() {
    let _: [u8; { yield_!().is_success() as usize }] = [];
}

fn main() {}
