//! Only a promise makes a generator.

use cm_runtime::Owned;
use cm_runtime::__private::{Generator, Promise};

fn main() {
    let _ = Generator::<Owned<u8>, _>::new::<()>(Promise::new(), |v, _| v, |_| async {});
}
