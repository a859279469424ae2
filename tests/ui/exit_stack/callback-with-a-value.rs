use cm_runtime::ExitStack;

fn main() {
    let stack = ExitStack::new();
    let mut list = vec![1_u8];
    stack.callback(move || list.pop());
}
