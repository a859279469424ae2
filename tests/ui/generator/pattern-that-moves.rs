use cm_runtime::context_manager;

#[context_manager(yields = usize)]
fn pattern_that_moves(&text: &String) {
    yield_!(text.len());
}

fn main() {}
