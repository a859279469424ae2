#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    let kept;
    with! { plain() as x => {
        kept = x;
    } }
    kept.clear();
}
