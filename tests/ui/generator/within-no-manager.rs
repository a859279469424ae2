use cm_runtime::within;

#[within]
fn no_manager() {}

fn main() {}
