use std::sync::Mutex;

use cm_runtime::with;

fn main() {
    let lock = (Mutex::new(1), 2);
    with! { &lock.0 as (a b) => { drop((a, b)); } }
}
