use cm_runtime::context_manager;

#[context_manager]
async fn in_a_loop() {
    loop {
        yield_!();
    }
}

fn main() {}
