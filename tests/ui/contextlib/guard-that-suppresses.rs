use cm_runtime::contextlib::guard;
use cm_runtime::{Suppress, with};

fn main() {
    with! { guard(1, |_, _| Suppress::Yes) as n => { *n += 1; } };
}
