use cm_runtime::ExitStack;

fn main() {
    let stack = ExitStack::new();
    stack.callback(|name: &str| println!("{name}"));
}
