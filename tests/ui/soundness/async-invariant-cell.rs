//! A `Cell<&'a T>` could be filled with a reference that lives shorter.

use std::cell::Cell;

use cm_runtime::context_manager;

#[context_manager(yields = &Cell<&String>)]
async fn cell() {
    let text = String::from("own");
    let cell = Cell::new(&text);
    yield_!(&cell);
}

fn main() {}
