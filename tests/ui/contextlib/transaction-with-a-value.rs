use cm_runtime::contextlib::transaction;
use cm_runtime::with;

fn main() {
    with! { transaction(vec![1], |list| list.len(), |list| list.len()) as list => { list.push(2); } }
}
