#[path = "../managers.rs"]
mod managers;

use cm_runtime::Manager;
use managers::plain;

fn main() {
    let kept = plain().with(|x| x);
    kept.clear();
}
