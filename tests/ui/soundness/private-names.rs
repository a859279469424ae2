//! The names of generated code cannot be reached.

use cm_runtime::contextlib::nullcontext;
use cm_runtime::{context_manager, with};

#[context_manager(yields = u8)]
fn names() {
    let _ = &yields;
    with! { nullcontext(()) => {
        let _ = &passing;
        yield_!(1);
        let _ = &passing;
    } }
}

fn main() {}
