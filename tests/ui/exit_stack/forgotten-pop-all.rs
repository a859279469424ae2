#![deny(unused_must_use)]

use cm_runtime::ExitStack;

fn main() {
    let mut stack = ExitStack::new();
    stack.callback(|| ());
    stack.pop_all();
}
