//! Tokio's locks as managers.

use std::sync::Arc;

use cm_runtime::with;
use tokio::sync::{Mutex, Semaphore};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_and_a_semaphore() {
    let balance = Arc::new(Mutex::new(0));
    let permits = Arc::new(Semaphore::new(3));
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (balance, permits) = (balance.clone(), permits.clone());
            tokio::spawn(async move {
                with! { async &*permits? as _permit, async &*balance as mut balance => {
                    let before = *balance;
                    tokio::task::yield_now().await;
                    *balance = before + 1;
                } }
                Ok::<_, tokio::sync::AcquireError>(())
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(*balance.lock().await, 50);
    assert_eq!(permits.available_permits(), 3);
    permits.close();
    let closed = with! { async &*permits as _permit => {} };
    assert!(closed.is_err());
}
