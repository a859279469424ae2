use std::sync::Mutex;

use cm_runtime::with;

fn main() {
    let lock = Mutex::new(1);
    with! { &lock as x => 'block: {
        if *x == 1 {
            break 'block;
        }
    } }
}
