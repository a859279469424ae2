use std::collections::HashMap;

use cm_runtime::{ExitStack, context_manager, with};

#[context_manager(yields = &mut HashMap<String)]
fn table() {
    let mut table = HashMap::new();
    yield_!(&mut table);
    table.clear();
}

fn main() {
    with! { table() as table => {
        *table.entry("a").or_default() += 1;
    } }
    let mut stack: ExitStack<()> = ExitStack::with_verdict();
    let table = stack.enter(table());
    table.remove("a");
}
