use std::sync::Mutex;

use cm_runtime::with;

fn count(lock: &Mutex<u32>) -> u32 {
    with! { lock as mut count => catch {
        *count += 1;
        std::future::ready(()).await;
        *count
    } }
}

fn main() {
    count(&Mutex::new(1));
}
