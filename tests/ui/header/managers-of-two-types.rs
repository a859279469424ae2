use cm_runtime::contextlib::{guard, nullcontext};
use cm_runtime::with;

fn f(guards: bool) {
    with! { if guards { guard(7, |_, _| ()) } else { nullcontext(7) } as x => {
        *x += 1;
    } }
}

fn main() {}
