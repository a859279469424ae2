#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::open;

fn main() {
    with! { open()? as x => {
        println!("{x}");
    } }
}
