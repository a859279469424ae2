use cm_runtime::contextlib::guard;
use cm_runtime::with;

async fn f() {
    with! { guard(7, async |_, _| ()) => {} }
}

fn main() {}
