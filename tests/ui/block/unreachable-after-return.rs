#![deny(unreachable_code)]

#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn number() -> u8 {
    with! { plain() as x => {
        x.clear();
        return 7;
        println!("never");
    } }
}

fn main() {}
