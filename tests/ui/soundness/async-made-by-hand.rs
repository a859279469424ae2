//! Only a promise makes a generator.

use cm_runtime::Owned;
use cm_runtime::__private::{AsyncGenerator, Promise};

fn main() {
    let _ = AsyncGenerator::<Owned<u8>, _>::new::<()>(Promise::new(), |v, _| v, |_| async {});
}
