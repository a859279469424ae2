use std::io;

use cm_runtime::contextlib::atransaction;
use cm_runtime::with;

async fn f() -> io::Result<()> {
    with! { async atransaction(7, async |_| io::Result::Ok(()), drop)? as n => {
        *n += 1;
    } }
    Ok(())
}

fn main() {}
