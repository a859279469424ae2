use cm_runtime::context_manager;

#[context_manager(yields = &'c mut Vec<u8>)]
fn session<'c>(buffer: &'c mut Vec<u8>) {
    yield_!(buffer);
    buffer.clear();
}

fn main() {
    let _ = session(&mut Vec::new());
}
