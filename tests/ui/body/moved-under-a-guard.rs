use cm_runtime::contextlib::guard;
use cm_runtime::with;

fn main() {
    let names = vec![String::from("work")];
    with! { guard(&names, |names, _| println!("{}", names.len())) => {
        drop(names);
    } }
}
