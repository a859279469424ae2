#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn number() -> std::io::Result<char> {
    with! { plain() as x => {
        Ok(x.chars().next()?)
    } }
}

fn main() {}
