use std::io;

use cm_runtime::{Manager, Owned, with};

fn f<M: Manager<Lends = Owned<u8>, Exit = bool>>(manager: M) -> io::Result<()> {
    with! { manager? as value => {} }
    Ok(())
}

fn main() {}
