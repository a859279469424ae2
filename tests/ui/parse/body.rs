#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    drop(plain());
    with! { plain() as x => };
    with! { plain() as x };
    with! { plain() as x, };
    with! { plain() };
    with! { plain() as x => x.clear() };
    with! { plain() as x => async };
    with! { plain() as x => try };
    with! { plain() as x => catch x };
    with! { plain() as x => try async {} };
    with! { plain() as x => {} + 1 };
    with! { plain() as x => {}; };
    with! { plain() as x => {}, };
}
