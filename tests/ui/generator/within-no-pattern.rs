use cm_runtime::within;

#[within(std::sync::Mutex::new(0) as)]
fn no_pattern() {}

fn main() {}
