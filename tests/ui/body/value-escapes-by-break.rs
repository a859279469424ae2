#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    let kept = loop {
        with! { plain() as x => {
            break x;
        } }
    };
    kept.clear();
}
