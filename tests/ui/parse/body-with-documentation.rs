#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    drop(plain());
    with! { plain() as _x => {
        //! What it is for.
        let _y = 1;
    } }
}
