#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn number() -> usize {
    with! { plain() as x => {
        if x.is_empty() {
            return;
        }
        x.len()
    } }
}

fn main() {}
