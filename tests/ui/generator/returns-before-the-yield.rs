use cm_runtime::context_manager;

#[context_manager]
fn returns_before_the_yield(condition: bool) {
    if condition {
        return;
    }
    yield_!();
}

fn main() {}
