use cm_runtime::{context_manager, with};

#[context_manager]
fn positive(n: u32) {
    if n == 0 {
        return Err("zero");
    }
    yield_!();
}

fn main() -> Result<(), &'static str> {
    with! { positive(1)? => {} }
    Ok(())
}
