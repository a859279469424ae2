use cm_runtime::context_manager;

#[context_manager]
fn returns_ok_before_the_yield(condition: bool) -> Result<(), String> {
    if condition {
        return Ok(());
    }
    yield_!();
    Ok(())
}

fn main() {}
