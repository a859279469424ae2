//! A lifetime that the type hides is one of the function's, not one of the frame.

use std::cell::Cell;

use cm_runtime::context_manager;

struct Holds<'h>(Cell<Option<&'h String>>);

#[context_manager(yields = Holds)]
async fn holds(of: &String) {
    let own = format!("{of}!");
    yield_!(Holds(Cell::new(Some(&own))));
}

fn main() {}
