#[path = "../managers.rs"]
mod managers;

use cm_runtime::Manager;
use managers::plain;

fn main() {
    plain().with(|x| x.parse::<u8>());
}
