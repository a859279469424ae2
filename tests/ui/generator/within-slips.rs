use cm_runtime::{contextlib, within};

#[within(contextlib::nullcontext(7) as x => {})]
fn body() {}

#[within(x = contextlib::nullcontext(7))]
fn name_in_front() {
    println!("{x}");
}

fn main() {
    drop(contextlib::nullcontext(7));
}
