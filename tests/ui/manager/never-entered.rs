#![deny(unused_must_use)]

#[path = "../managers.rs"]
mod managers;

use cm_runtime::Manager;
use managers::plain;

fn main() {
    plain().on_lost(|lost| eprintln!("{lost}"));
}
