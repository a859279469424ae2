//! What the attribute's arguments can be.

use cm_runtime::context_manager;

#[context_manager(yield = u8)]
fn keyword() {
    yield_!();
}

#[context_manager(lends = u8)]
fn unknown() {
    yield_!();
}

#[context_manager(yields = )]
fn no_type() {
    yield_!();
}

#[context_manager(yields = u8, yields = u8)]
fn twice() {
    yield_!(1);
}

#[context_manager(crate = ::cm_runtime, crate = ::cm_runtime)]
fn crate_twice() {
    yield_!();
}

#[context_manager(crate = renamed)]
fn relative_path() {
    yield_!();
}

fn main() {}
