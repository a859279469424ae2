use cm_runtime::context_manager;

#[context_manager(yields = u8)]
async fn number(text: &str) {
    yield_!(text.parse()?);
}

fn main() {}
