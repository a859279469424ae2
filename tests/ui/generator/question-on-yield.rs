use cm_runtime::context_manager;

#[context_manager]
fn manager() -> std::io::Result<()> {
    yield_!()?;
    Ok(())
}

fn main() {}
