#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::{Suppressing, plain};

fn check(text: &str) -> Result<(), &str> {
    Err(text)
}

fn outer(text: &str) -> Option<Result<(), &str>> {
    with! { Suppressing, plain() => {
        check(text)
    } }
}

fn main() {}
