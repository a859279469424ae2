#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    drop(plain());
    with! { Vec::<+u8>::new() as x => {
        let _ = x;
    } };
}
