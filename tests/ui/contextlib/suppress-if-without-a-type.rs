use std::io;

use cm_runtime::contextlib::suppress_if;
use cm_runtime::with;

fn main() {
    with! { suppress_if(|error| error.kind() == io::ErrorKind::NotFound) => {} };
}
