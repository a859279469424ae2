//! What is held over the yield decides whether a generator is `Send`.

use std::rc::Rc;

use cm_runtime::context_manager;

#[context_manager]
async fn local(rc: Rc<u8>) {
    yield_!();
    drop(rc);
}

fn send(_: impl Send) {}

fn main() {
    send(local(Rc::new(1)));
}
