#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    let first = with! { plain() as x => try {
        std::fs::remove_file(&*x)?;
        x.parse::<u8>()?
    } };
    println!("{first:?}");
}
