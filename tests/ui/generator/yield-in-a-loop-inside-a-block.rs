use cm_runtime::{context_manager, with};

#[context_manager]
fn in_a_loop_inside_a_block() {
    let mutex = std::sync::Mutex::new(0);
    with! { &mutex => {
        loop {
            yield_!();
        }
    } }
}

fn main() {}
