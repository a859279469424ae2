use cm_runtime::context_manager;

#[context_manager(yields = &mut String)]
async fn text() {
    yield_!(7);
}

fn main() {}
