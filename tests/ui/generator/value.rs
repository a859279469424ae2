//! What is yielded.

use cm_runtime::context_manager;

#[context_manager]
fn value_without_yields() {
    yield_!(7);
}

#[context_manager(yields = u8)]
fn yields_without_value() {
    yield_!();
}

#[context_manager(yields = u8)]
fn two_values() {
    yield_!(1, 2);
}

#[context_manager]
fn returns_before_the_yield(condition: bool) {
    if condition {
        return;
    }
    yield_!();
}

#[context_manager]
fn returns_ok_before_the_yield(condition: bool) -> Result<(), String> {
    if condition {
        return Ok(());
    }
    yield_!();
    Ok(())
}

fn main() {}
