use cm_runtime::{context_manager, with};

#[context_manager(yields &mut Vec<u32>)]
fn numbers() {
    yield_!(&mut vec![1]);
}

fn main() {
    // What the caller does with it is no second mistake.
    with! { numbers() as numbers => { numbers.push(2); } }
}
