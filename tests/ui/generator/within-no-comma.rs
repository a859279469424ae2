#[path = "../managers.rs"]
mod managers;

use cm_runtime::within;
use managers::plain;

#[within(plain() as x plain() as y)]
fn two() {
    x.push_str(y);
}

fn main() {
    drop(plain());
    two();
}
