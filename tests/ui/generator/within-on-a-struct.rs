use cm_runtime::within;

#[within(&MUTEX)]
struct Struct;

fn main() {}
