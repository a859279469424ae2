//! The path of the crate cannot make a call of another unsafe function out of the promise.

use cm_runtime::context_manager;

mod other {
    pub use cm_runtime::{Generator, Owned};

    pub mod __private {
        pub use cm_runtime::__private::{Generator, Yielded, Yielder};

        #[allow(non_snake_case)]
        pub mod Promise {
            #[allow(unused_imports)]
            pub use std::hint::unreachable_unchecked as new;
        }
    }
}

#[context_manager(crate = crate::other)]
fn manager() {
    yield_!();
}

fn main() {}
