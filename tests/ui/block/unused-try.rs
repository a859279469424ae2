#![deny(unused_must_use)]

#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    with! { plain() as x => try {
        x.parse::<u8>()?;
    } };
}
