use std::time::Instant;

use cm_runtime::{context_manager, with};

#[context_manager]
unsafe fn timed() {
    let begin = Instant::now();
    yield_!();
    println!("{:?}", begin.elapsed());
}

fn main() {
    with! { timed() => {} }
}
