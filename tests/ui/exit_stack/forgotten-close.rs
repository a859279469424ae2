#![deny(unused_must_use)]

use cm_runtime::ExitStack;

fn main() {
    let stack = ExitStack::new();
    stack.callback(|| ());
    stack.close();
}
