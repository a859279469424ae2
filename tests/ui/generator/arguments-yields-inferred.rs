use cm_runtime::{context_manager, with};

#[context_manager(yields = &mut Vec<_>)]
fn list(first: u8) {
    let mut list = vec![first];
    yield_!(&mut list);
}

fn main() {
    with! { list(1) as list => { list.push(2); } }
}
