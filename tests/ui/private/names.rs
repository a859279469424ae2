#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

async fn outer() -> Result<u8, std::num::ParseIntError> {
    with! { plain() as x => {
        std::future::ready(()).await;
        if x.is_empty() {
            return Ok(0);
        }
        let _ = &scope;
        let _ = &manager;
        let _ = &kind;
        let _ = &watch;
        let _ = &error;
        let _ = &value;
        let _ = &residual;
        let _ = &returned;
        let _ = &turn;
        let _ = &v;
        let n = x.parse::<u8>()?;
        Ok(n)
    } }
}

fn main() {
    drop(outer());
}
