use cm_runtime::within;

#[within(&MUTEX, crate = ::cm_runtime)]
fn crate_behind() {}

fn main() {}
