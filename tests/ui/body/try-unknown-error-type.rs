#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    let first = with! { plain() as x => try { x.len() } };
    println!("{}", first.is_ok());
}
