#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    with! { plain() as x => {
        if x.is_empty() {
            return 1;
        }
    } }
}
