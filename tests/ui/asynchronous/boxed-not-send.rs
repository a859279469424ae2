use std::rc::Rc;

use cm_runtime::context_manager;

#[context_manager]
async fn counted(uses: Rc<()>) {
    yield_!();
    drop(uses);
}

fn main() {
    let _ = counted(Rc::new(())).boxed();
}
