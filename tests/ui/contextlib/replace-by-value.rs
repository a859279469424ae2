use cm_runtime::contextlib::replace;
use cm_runtime::with;

fn main() {
    let mut level = 1;
    with! { replace(level, 2) => {} }
}
