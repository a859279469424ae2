#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::open;

fn length(text: &str) -> usize {
    text.len()
}

fn number() -> std::io::Result<()> {
    with! { open() as x => {
        length(&x);
    } }
    Ok(())
}

fn main() {}
