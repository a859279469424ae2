#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    drop(plain());
    with! {};
    with! { => {} };
    with! { plain() as x { x.clear(); } };
    with! { , plain() as x => {} };
    with! { plain() as x,, plain() as y => {} };
    with! { plain() twice => {} };
    with! { plain() as x, plain() twice => {} };
    with! { plain() as x plain() as y => {} };
    with! { plain() as x; plain() as y => {} };
    with! { async => {} };
    with! { if => {} };
}
