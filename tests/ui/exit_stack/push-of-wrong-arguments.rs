use cm_runtime::ExitStack;

fn main() {
    let stack = ExitStack::new();
    stack.push(|_: &ExitStack<'_>, failed: bool| println!("{failed}"));
}
