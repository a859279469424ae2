#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    drop(plain());
    with! { plain() as => {} };
    with! { plain() as, plain() as y => {} };
    with! { plain() as self.field => {} };
    with! { plain() as array[0] => {} };
    with! { plain() as *place => {} };
    with! { plain() as x y => {} };
    with! { plain() as x: => {} };
    with! { plain() as x: String String => {} };
    with! { plain() as fn => {} };
    with! { plain() as x = 1 => {} };
    with! { plain() as let x => {} };
    with! { x = plain() => {} };
    with! { plain() as x, (y, z) = plain() => {} };
    with! { self.field = plain() => {} };
    with! { plain() as x, { x.clear() } };
}
