#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    drop(plain());
    with!();
    with!({});
    with!(x = plain());
    with!(x = plain(),);
    with!(x = plain() {});
    with!(x = , {});
    with!(= plain(), {});
    with!(x = plain() y = plain(), {});
    with!(x: String = plain(), {});
    with!(self.field = plain(), {});
    with!(let x = plain(), {});
    with!(plain() as x, { x.clear() });
    with!(plain() as été, {});
    with!(plain() as mut x, { x.clear() });
    with!(x = plain(), plain() as y, { x.clear() });
    with!(x = async plain(), { x.clear() });
    with!(x = plain(), x.clear());
    with!(x = plain(), {}, y = plain());
    with!(x = plain(), async);
}
