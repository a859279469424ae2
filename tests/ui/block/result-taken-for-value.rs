#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::Fallible;

fn number() -> u8 {
    with! { Fallible as x => { x } }
}

fn main() {}
