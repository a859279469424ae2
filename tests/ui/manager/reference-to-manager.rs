#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    let manager = plain();
    with! { &manager as x => {
        x.clear();
    } }
}
