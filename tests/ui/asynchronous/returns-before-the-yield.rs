use cm_runtime::context_manager;

#[context_manager]
async fn returns_before_the_yield(early: bool) {
    if early {
        return;
    }
    yield_!();
}

fn main() {}
