use std::sync::Mutex;

use cm_runtime::within;

static LOCK: Mutex<u8> = Mutex::new(0);

#[within(&LOCK as value)]
fn double(by: u8) -> u8 {
    if *value > 1 {
        by * 2
    } elseif *value > 0 {
        *value
    } else {
        0
    }
}

fn main() {
    double(1);
}
