#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    with! { plain() as x => {
        with! { plain() as y => {
            y.push_str(x);
            let n: usize = y.parse()?;
            println!("{n}");
        } }
    } }
}
