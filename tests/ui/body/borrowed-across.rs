#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    let mut name = String::from("seven");
    let first = &name;
    with! { plain() as x => {
        name.push_str(x);
    } }
    println!("{first}");
}
