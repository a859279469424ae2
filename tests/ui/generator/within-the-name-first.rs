use cm_runtime::{contextlib, within};

#[within(x = contextlib::nullcontext(7))]
fn name_in_front() {
    println!("{x}");
}

fn main() {}
