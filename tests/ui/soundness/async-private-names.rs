//! The names of generated code cannot be reached.

use cm_runtime::context_manager;

#[context_manager(yields = u8)]
async fn names() {
    let _ = &yields;
    let _ = &handshake;
    yield_!(1);
}

fn main() {}
