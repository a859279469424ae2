use cm_runtime::context_manager;

#[context_manager(yields = u8)]
fn none_with_a_value() {}

fn main() {}
