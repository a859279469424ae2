#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

struct App;

impl From<std::io::Error> for App {
    fn from(_: std::io::Error) -> Self {
        Self
    }
}

fn clear() -> Result<(), App> {
    with! { plain()? as x => {
        x.clear();
    } }
    Ok(())
}

fn main() {}
