use cm_runtime::ExitStack;
use cm_runtime::contextlib::guard;

fn main() {
    let mut stack = ExitStack::new();
    let value = stack.enter(guard(String::new(), |_, _| ()));
    let moved = stack.pop_all();
    value.push('x');
    moved.close().unwrap();
}
