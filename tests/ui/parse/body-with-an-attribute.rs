#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    drop(plain());
    with! { plain() as _x => {
        #![allow(unused_variables)]
        let y = 1;
    } }
}
