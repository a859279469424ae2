use cm_runtime::ExitStack;
use cm_runtime::contextlib::suppress;

fn main() {
    let stack = ExitStack::new();
    stack.enter(suppress::<std::fmt::Error>());
}
