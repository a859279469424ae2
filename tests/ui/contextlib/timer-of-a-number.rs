use cm_runtime::contextlib::timer;
use cm_runtime::with;

fn main() {
    with! { timer(|took: u64, _| println!("{took}")) => {} }
}
