use cm_runtime::AsyncExitStack;
use cm_runtime::contextlib::{aclosing, guard};

async fn awaits() {
    let stack = AsyncExitStack::new();
    {
        let name = String::from("a");
        stack.enter(aclosing(&name, async |_| ())).await;
    }
    drop(stack);
}

async fn does_not_await() {
    let stack = AsyncExitStack::new();
    {
        let name = String::from("a");
        stack.enter_sync(guard(&name, |_, _| ())).await;
    }
    drop(stack);
}

fn main() {
    drop(awaits());
    drop(does_not_await());
}
