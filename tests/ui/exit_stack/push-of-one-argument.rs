use cm_runtime::ExitStack;

fn main() {
    let stack = ExitStack::new();
    stack.push(|outcome| println!("{outcome:?}"));
}
