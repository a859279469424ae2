#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    let name = String::from("seven");
    with! { plain() as x => {
        drop(name);
        x.push_str(&name);
    } }
}
