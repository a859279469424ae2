use std::sync::Mutex;

use cm_runtime::contextlib::detached;
use cm_runtime::with;

async fn outer(mutex: &'static Mutex<u8>) {
    with! { async detached(mutex) => {} }
}

fn main() {
    static MUTEX: Mutex<u8> = Mutex::new(0);
    drop(outer(&MUTEX));
}
