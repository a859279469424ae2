//! What the attribute can stand on.

use cm_runtime::context_manager;

#[context_manager]
struct Struct;

#[context_manager]
const fn constant() {
    yield_!();
}

#[context_manager]
unsafe fn promises() {
    yield_!();
}

#[context_manager]
extern "C" fn foreign() {
    yield_!();
}

#[context_manager]
fn opaque() -> impl Sized {
    yield_!();
}

#[context_manager]
fn never() -> ! {
    yield_!();
}

#[context_manager]
fn value() -> Vec<u8> {
    yield_!();
    vec![]
}

#[context_manager]
fn reference(text: &str) -> &str {
    yield_!();
    text
}

fn main() {}
