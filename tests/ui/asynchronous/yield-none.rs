use cm_runtime::context_manager;

#[context_manager]
async fn none() {}

fn main() {}
