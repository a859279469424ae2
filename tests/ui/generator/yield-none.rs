use cm_runtime::context_manager;

#[context_manager]
fn none() {}

fn main() {}
