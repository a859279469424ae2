use std::fs::File;

use cm_runtime::{Manager, with};

fn f<M: Manager<Lends = File, Exit = ()>>(manager: M) {
    with! { manager as file => {} }
}

fn main() {}
