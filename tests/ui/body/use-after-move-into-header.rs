#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::Plain;

fn main() {
    let name = String::from("seven");
    with! { Plain(name) as x => {
        x.push('a');
    } }
    println!("{name}");
}
