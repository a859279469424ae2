// The import is used in the body only, and that is no second mistake.
use std::collections::HashMap;

use cm_runtime::context_manager;

#[context_manager(yields = u32)]
fn sizes() {
    let sizes = HashMap::from([("a", 1)])
    yield_!(sizes["a"]);
}

fn main() {
    drop(sizes());
}
