use cm_runtime::{context_manager, with};
use std::sync::Mutex;

#[context_manager(yields = &mut Vec<u32>)]
fn buffer(first: &Mutex<u32>) {
    let mut all = Vec::new();
    with! { first as first => {
        all.push(*first);
        yield_!(&mut all);
        let last = ;
    } }
}

fn main() {
    with! { buffer(&Mutex::new(1)) as all => { all.push(2); } }
}
