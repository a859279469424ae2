use cm_runtime::{context_manager, with};

#[context_manager(yields = &mut Vec<u8>)]
async fn list() {
    let mut list = vec![1];
    yield_!(&mut list);
}

async fn outer() {
    let mut kept: Option<&mut Vec<u8>> = None;
    with! { async list() as list => { kept = Some(list); } }
    kept.unwrap().push(2);
}

fn main() {
    drop(outer());
}
