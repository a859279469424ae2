use cm_runtime::Suppress;
use cm_runtime::contextlib::aclosing;
use cm_runtime::with;

async fn f() {
    with! { async aclosing(7, async |_| Suppress::Yes) => {} };
}

fn main() {}
