use cm_runtime::{contextlib, within};

#[within(contextlib::nullcontext(7))]
fn body(1 | _: u8) {}

fn main() {}
