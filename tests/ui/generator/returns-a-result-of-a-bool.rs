use cm_runtime::{context_manager, with};

#[context_manager]
fn suppresses() -> Result<bool, String> {
    yield_!();
    Ok(true)
}

fn main() {
    with! { suppresses() => {} }.unwrap();
}
