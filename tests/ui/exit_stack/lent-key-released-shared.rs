use cm_runtime::ExitStack;
use cm_runtime::contextlib::guard;

fn main() {
    let stack = ExitStack::new();
    let (value, key) = stack.enter_keyed(guard(String::new(), |_, _| ()));
    stack.release(key);
    value.push('x');
}
