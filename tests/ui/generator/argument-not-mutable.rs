use cm_runtime::{context_manager, with};

#[context_manager(yields = &mut Vec<u8>)]
fn lent(all: Vec<u8>) {
    yield_!(&mut all);
}

fn main() {
    with! { lent(vec![1]) as all => { all.push(2); } }
}
