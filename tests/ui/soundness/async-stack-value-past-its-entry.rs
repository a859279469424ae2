//! What an async stack has lent is not used when its entry is gone or elsewhere.

use cm_runtime::AsyncExitStack;
use cm_runtime::contextlib::guard;

async fn closed() {
    let stack = AsyncExitStack::new();
    let value = stack.enter_sync(guard(String::new(), |_, _| ())).await;
    stack.close().await.unwrap();
    value.push('x');
}

async fn released() {
    let mut stack = AsyncExitStack::new();
    let (value, key) = stack.enter_sync_keyed(guard(String::new(), |_, _| ())).await;
    let _ = stack.release_lent(key).await;
    value.push('x');
}

async fn popped() {
    let mut stack = AsyncExitStack::new();
    let value = stack.enter_sync(guard(String::new(), |_, _| ())).await;
    let moved = stack.pop_all();
    value.push('x');
    moved.close().await.unwrap();
}

async fn appended() {
    let (stack, other) = (AsyncExitStack::new(), AsyncExitStack::new());
    let value = other.enter_sync(guard(String::new(), |_, _| ())).await;
    stack.append(other);
    value.push('x');
    stack.close().await.unwrap();
}

async fn without_its_stack() {
    let entering = {
        let stack = AsyncExitStack::new();
        stack.enter_sync(guard(String::new(), |_, _| ()))
    };
    entering.await.push('x');
}

fn main() {
    drop((closed(), released(), popped(), appended(), without_its_stack()));
}
