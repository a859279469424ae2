use cm_runtime::ExitStack;

#[derive(Debug)]
struct Closed;

fn main() {
    let stack = ExitStack::new();
    stack.callback(|| Err::<(), _>(Closed));
}
