#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn escape() -> &'static mut String {
    with! { plain() as x => {
        return x;
    } }
}

fn main() {}
