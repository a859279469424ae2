use cm_runtime::context_manager;

#[context_manager]
fn awaits() {
    std::future::ready(()).await;
    yield_!();
}

fn main() {}
