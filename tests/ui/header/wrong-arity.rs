#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    with! { Some(plain()) as (a, b) => {} }
}
