#[path = "../async_managers.rs"]
mod async_managers;

use async_managers::plain;
use cm_runtime::with;

fn main() {
    with! { async plain() as text => { text.clear(); } }
}
