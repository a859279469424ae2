use cm_runtime::ExitStack;

fn main() {
    let stack = ExitStack::with_verdict();
    stack.callback(|| ());
}
