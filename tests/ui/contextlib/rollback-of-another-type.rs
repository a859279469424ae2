use std::fmt;
use std::io;

use cm_runtime::contextlib::transaction;
use cm_runtime::with;

struct Begun;

impl Begun {
    fn commit(self) -> io::Result<()> {
        Ok(())
    }
    fn rollback(self) -> fmt::Result {
        Ok(())
    }
}

fn work() -> io::Result<()> {
    with! { transaction(Begun, Begun::commit, Begun::rollback)? => {} }
    Ok(())
}

fn main() {
    let _ = work();
}
