use std::sync::Mutex;

use cm_runtime::ExitStack;
use cm_runtime::contextlib::guard;

fn main() {
    let stack = ExitStack::new();
    let value = stack.enter(guard(Mutex::new(1), |_, _| ()));
    stack.close().unwrap();
    println!("{value:?}");
}
