//! The names of generated code cannot be reached.

use cm_runtime::context_manager;

#[context_manager(yields = u8)]
fn names() {
    let _ = &yielder;
    yield_!(1);
}

fn main() {}
