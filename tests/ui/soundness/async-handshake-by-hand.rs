//! What a generator's code is given is made for it alone.

use cm_runtime::Owned;
use cm_runtime::__private::{AsyncYielder, Handshake};

fn main() {
    let _: Handshake<Owned<u8>, (), ()> = Default::default();
    let _: AsyncYielder<Owned<u8>, (), ()> = Default::default();
}
