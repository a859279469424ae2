use cm_runtime::contextlib::suppress;
use cm_runtime::with;

fn main() {
    with! { suppress::<std::io::ErrorKind>() => {} };
}
