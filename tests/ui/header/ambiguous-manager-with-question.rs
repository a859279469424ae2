use cm_runtime::with;

fn outer(text: &str) -> Result<(), std::num::ParseIntError> {
    with! { text.parse()? as x => {
        drop(x);
    } }
    Ok(())
}

fn main() {}
