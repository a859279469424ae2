//! The outcome cannot be put where it outlives the frame.

use cm_runtime::{Outcome, context_manager};

#[context_manager]
async fn keeps<'o>(into: &mut Option<Outcome<'o>>) {
    *into = Some(yield_!());
}

fn main() {}
