#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    let mut manager = plain();
    with! { &mut manager as x, &mut manager as y => {
        x.push_str(y);
    } }
}
