#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

async fn f() {
    drop(plain());
    with! { (plain() as x, plain() as y) => {} };
    with! { (plain() as mut x, plain() as y) => {} };
    with! { (plain() as x)? => {} };
    with! { (plain() as x).await => {} };
    with! { plain() as x && plain() as y => {} };
    with! { let x = plain() => {} };
    with! { async move plain() as x => {} };
    with! { await plain() as x => {} };
    with! { mut x = plain() => {} };
    with! { plain() as x: { x.clear() } };
    with! { plain() as x -> { x.clear() } };
    with!(plain(), |x| { x.clear() });
    with!(x = plain(), move || { x.clear() });
    with!((x = plain()), (y = plain()), { drop((x, y)) });
    with! { plain() => |x| { x.clear() } };
    with! { plain() => move |x| { x.clear() } };
}

fn main() {}
