#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    let name = String::from("seven");
    with! { plain() as x => {
        x.push('a');
        drop(name);
    } }
    println!("{name}");
}
