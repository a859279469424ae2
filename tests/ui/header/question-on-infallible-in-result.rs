#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn clear() -> std::io::Result<()> {
    with! { plain()? as x => {
        x.clear();
    } }
    Ok(())
}

fn main() {}
