#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::Fallible;

fn main() {
    with! { Fallible? as x => {
        println!("{x}");
    } }
}
