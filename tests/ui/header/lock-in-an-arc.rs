use std::sync::{Arc, Mutex};

use cm_runtime::with;

fn main() {
    let count = Arc::new(Mutex::new(0));
    with! { count as mut count => { *count += 1; } }
}
