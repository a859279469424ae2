use std::sync::Mutex;

use cm_runtime::within;

static LOCK: Mutex<u8> = Mutex::new(0);

#[within(&LOCK as value)]
fn double(by: u8) -> u8 {
    let twice = by * 2
    twice + *value
}

fn main() {
    double(1);
}
