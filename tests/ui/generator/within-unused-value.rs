use cm_runtime::contextlib::guard;
use cm_runtime::within;

#[within(guard((), |_, _| ()))]
fn save() {
    3
}

fn main() {
    save();
}
