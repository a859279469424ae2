#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    with! { plain() as x => {
        let n = x.parse().unwrap();
        drop(n);
    } }
}
