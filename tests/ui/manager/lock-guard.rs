use std::sync::Mutex;

use cm_runtime::with;

fn main() {
    let lock = Mutex::new(7);
    with! { lock.lock().unwrap() as mut x => {
        *x += 1;
    } }
}
