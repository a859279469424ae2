#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn number() -> std::io::Result<usize> {
    with! { plain() as x => {
        let n: usize = x.parse::<usize>()?;
        Ok(n)
    } }
}

fn main() {}
