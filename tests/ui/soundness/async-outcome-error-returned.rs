//! The error in the outcome cannot be returned from the frame.

use std::error::Error;

use cm_runtime::context_manager;

#[context_manager]
async fn returns<'e>(into: &mut Option<&'e (dyn Error + 'e)>) {
    *into = yield_!().error();
}

fn main() {}
