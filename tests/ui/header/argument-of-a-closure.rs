#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    let length = |manager| with! { manager as x => { x.len() } };
    length(plain());
}
