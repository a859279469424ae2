#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn number() -> usize {
    with! { plain() as x => {
        x.len();
    } }
}

fn main() {}
