use cm_runtime::ExitStack;

fn main() {
    let stack = ExitStack::new();
    stack.adopt(String::from("a"), |name: &str| println!("{name}"));
}
