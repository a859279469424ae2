use cm_runtime::AsyncExitStack;

async fn f(stack: &AsyncExitStack<'_>) {
    stack.callback(async { println!("closed") });
}

fn main() {}
