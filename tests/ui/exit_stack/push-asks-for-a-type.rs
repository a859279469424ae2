use cm_runtime::ExitStack;

fn main() {
    let stack = ExitStack::new();
    stack.push(|_, outcome| println!("{}", outcome.is::<std::io::Error>()));
}
