use std::sync::Mutex;

use cm_runtime::with;

fn main() {
    tokio::spawn(async {
        let lock = Mutex::new(7);
        with! { &lock as mut x => {
            tokio::task::yield_now().await;
            *x += 1;
        } }
    });
}
