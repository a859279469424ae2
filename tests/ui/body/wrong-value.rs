#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    let n: u8 = with! { plain() as x => {
        x.push('a');
        "seven"
    } };
    println!("{n}");
}
