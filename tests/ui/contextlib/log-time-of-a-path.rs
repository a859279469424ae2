use std::path::Path;

use cm_runtime::contextlib::log_time;
use cm_runtime::with;

fn main() {
    with! { log_time(Path::new("a.txt")) => {} }
}
