use std::sync::Mutex;

use cm_runtime::within;

static LOCK: Mutex<u8> = Mutex::new(0);

#[within(&LOCK)]
fn shorten(all: &mut Vec<u8>) {
    all.push(1);
    all.pop()
}

fn main() {
    shorten(&mut vec![]);
}
