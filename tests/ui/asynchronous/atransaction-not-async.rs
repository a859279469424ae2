use std::io;

use cm_runtime::contextlib::atransaction;
use cm_runtime::with;

async fn f() -> io::Result<()> {
    with! { async atransaction(7, |_| io::Result::Ok(()), |_| io::Result::Ok(()))? as n => {
        *n += 1;
    } }
    Ok(())
}

fn main() {}
