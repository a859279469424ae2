use cm_runtime::exit_stack::BoxError;
use cm_runtime::{AsyncExitStack, with};

async fn outer() -> Result<(), BoxError> {
    with! { AsyncExitStack::new()? as stack => {
        stack.callback_sync(|| ());
    } }
    Ok(())
}

fn main() {
    drop(outer());
}
