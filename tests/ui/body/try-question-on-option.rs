#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    let first: Result<char, String> = with! { plain() as x => try {
        x.chars().next()?
    } };
    println!("{first:?}");
}
