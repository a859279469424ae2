use cm_runtime::within;

#[within(crate = ::cm_runtime, crate = ::cm_runtime, &MUTEX)]
fn crate_twice() {}

fn main() {}
