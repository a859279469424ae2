#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn number() -> Option<usize> {
    with! { plain() as x => {
        Some(x.len()?)
    } }
}

fn main() {}
