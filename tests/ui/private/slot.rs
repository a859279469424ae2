#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn outer() -> Result<u8, std::num::ParseIntError> {
    with! { plain() as x => catch {
        let _ = &slot;
        let _ = &left;
        let n = x.parse::<u8>()?;
        Ok(n)
    } }
}

fn main() {}
