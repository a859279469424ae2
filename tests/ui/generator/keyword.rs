use cm_runtime::context_manager;

#[context_manager]
fn keyword() {
    yield!();
}

fn main() {}
