use cm_runtime::{context_manager, with};

#[context_manager(yields = &mut Vec<u8>)]
fn list() {
    let mut list = vec![1];
    yield_!(&mut list);
}

fn main() {
    let mut kept: Option<&mut Vec<u8>> = None;
    with! { list() as list => { kept = Some(list); } }
    kept.unwrap().push(2);
}
