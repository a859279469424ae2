use cm_runtime::contextlib::guard;
use cm_runtime::exit_stack::BoxError;
use cm_runtime::{AsyncExitStack, with};

async fn f() -> Result<(), BoxError> {
    with! { async AsyncExitStack::new()? as stack => {
        stack.enter(guard(7, |_, _| ())).await;
    } }
    Ok(())
}

fn main() {}
