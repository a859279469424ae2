use cm_runtime::{ExitStack, Suppress};

fn main() {
    let stack = ExitStack::new();
    stack.callback(|| Suppress::Yes);
}
