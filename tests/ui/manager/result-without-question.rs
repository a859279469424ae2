#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::open;

fn number() -> std::io::Result<()> {
    with! { open() as x => {
        println!("{x}");
    } }
    Ok(())
}

fn main() {}
