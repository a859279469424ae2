use cm_runtime::contextlib::guard;
use cm_runtime::with;

fn main() {
    with! { guard(vec![1], |list, _| list.len()) as list => { list.push(2); } }
}
