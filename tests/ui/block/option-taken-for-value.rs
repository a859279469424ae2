#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::Suppressing;

fn number() -> u8 {
    with! { Suppressing => { 7 } }
}

fn main() {}
