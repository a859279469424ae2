use cm_runtime::with;

use std::sync::Mutex;

fn main() {
    let counter = Mutex::new(1);
    with! { counter as x => {
        *x += 1;
    } }
}
