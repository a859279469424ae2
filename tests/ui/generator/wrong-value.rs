use cm_runtime::context_manager;

#[context_manager(yields = &mut String)]
fn text() {
    let mut bytes = vec![1_u8];
    yield_!(&mut bytes);
}

fn main() {}
