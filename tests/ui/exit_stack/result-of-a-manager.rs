use cm_runtime::ExitStack;

fn main() {
    let stack = ExitStack::new();
    let _file = stack.enter(std::fs::File::open("a.txt"));
}
