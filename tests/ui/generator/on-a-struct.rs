use cm_runtime::context_manager;

#[context_manager]
struct Struct;

fn main() {}
