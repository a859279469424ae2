use cm_runtime::context_manager;

#[context_manager(yields = str)]
fn no_size(text: &str) {
    yield_!(text);
}

fn main() {}
