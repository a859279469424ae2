//! A `&mut Vec<&'a T>` could be filled with a reference that lives shorter.

use cm_runtime::context_manager;

#[context_manager(yields = &mut Vec<&String>)]
async fn list() {
    let text = String::from("own");
    let mut list = vec![&text];
    yield_!(&mut list);
}

fn main() {}
