#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn number() -> Option<usize> {
    with! { Some(plain())? as x => {
        x?.clear();
    } }
    None
}

fn main() {}
