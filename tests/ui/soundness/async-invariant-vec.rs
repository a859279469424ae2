//! A `&mut Vec<&'a T>` could be filled with a reference that lives shorter.

use cm_runtime::context_manager;

/// The macro does not see what it stands for.
type List<'a> = &'a mut Vec<&'a String>;

#[context_manager(yields = List<'_>)]
async fn list() {
    let text = String::from("own");
    let mut list = vec![&text];
    yield_!(&mut list);
}

fn main() {}
