use std::error::Error;

use cm_runtime::contextlib::suppress;
use cm_runtime::with;

fn main() {
    with! { suppress::<Box<dyn Error>>() => {} };
}
