#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    for _ in 0..2 {
        with! { plain() as x => {
            break x.len();
        } }
    }
}
