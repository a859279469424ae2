#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    loop {
        with! { plain() as x => {
            let leave = || break;
            leave();
            x.clear();
        } }
    }
}
