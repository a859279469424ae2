#[path = "../managers.rs"]
mod managers;

use cm_runtime::Manager;
use managers::Suppressing;

fn check(text: &str) -> Result<(), &str> {
    Err(text)
}

fn outer(text: &str) -> Option<Result<(), &str>> {
    Suppressing.try_with(|()| check(text))
}

fn main() {}
