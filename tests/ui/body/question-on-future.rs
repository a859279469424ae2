use cm_runtime::contextlib::nullcontext;
use cm_runtime::with;

async fn load() -> Result<u8, String> {
    Ok(1)
}

async fn f() -> Result<u8, String> {
    with! { nullcontext(1) => {
        let one = load()?;
        Ok(one)
    } }
}

fn main() {}
