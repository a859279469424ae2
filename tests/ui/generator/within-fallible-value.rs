use cm_runtime::contextlib::create_file;
use cm_runtime::within;

#[within(create_file("a.txt"))]
fn count() -> usize {
    3
}

fn main() {
    count();
}
