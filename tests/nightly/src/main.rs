//! `yield!` as it is spelled in code that the compiler parses before the attribute sees it.

#![feature(yield_expr)]
#![deny(warnings)]

use cm_runtime::{context_manager, with};

#[context_manager(yields = &mut Vec<u8>)]
fn list(out: &mut Vec<u8>) {
    let mut list = vec![1];
    if yield!(&mut list).is_success() {
        *out = list;
    }
}

#[context_manager]
fn nothing() {
    yield!();
}

fn main() {
    let mut out = vec![];
    with! { list(&mut out) as list, nothing() => { list.push(2); } }
    assert_eq!(out, [1, 2]);
}
