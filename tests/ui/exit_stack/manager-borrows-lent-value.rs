use cm_runtime::ExitStack;
use cm_runtime::contextlib::{guard, replace};

fn main() {
    let stack = ExitStack::new();
    let value = stack.enter(guard(String::new(), |_, _| ()));
    stack.enter(replace(value, String::from("other")));
}
