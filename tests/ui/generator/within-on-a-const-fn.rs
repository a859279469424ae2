use cm_runtime::within;

#[within(&MUTEX)]
const fn constant() {}

fn main() {}
