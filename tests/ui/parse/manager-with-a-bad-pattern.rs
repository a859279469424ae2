#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    drop(plain());
    with! { plain().map(|+| 1) as x => {
        let _ = x;
    } };
}
