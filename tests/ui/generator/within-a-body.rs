use cm_runtime::{contextlib, within};

#[within(contextlib::nullcontext(7) as x => {})]
fn body() {}

fn main() {}
