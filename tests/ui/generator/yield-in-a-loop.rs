use cm_runtime::context_manager;

#[context_manager]
fn in_a_loop() {
    for _ in 0..3 {
        yield_!();
    }
}

fn main() {}
