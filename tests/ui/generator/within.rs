//! What `#[within]` can stand on, and what it takes.

use cm_runtime::within;

#[within]
fn no_manager() {}

#[within(std::sync::Mutex::new(0) as)]
fn no_pattern() {}

#[within(crate = ::cm_runtime, crate = ::cm_runtime, &MUTEX)]
fn crate_twice() {}

#[within(&MUTEX, crate = ::cm_runtime)]
fn crate_behind() {}

#[within(&MUTEX)]
struct Struct;

#[within(&MUTEX)]
const fn constant() {}

fn main() {}
