use cm_runtime::context_manager;

#[context_manager]
fn no_expression() {
    yield_!(;);
}

fn main() {}
