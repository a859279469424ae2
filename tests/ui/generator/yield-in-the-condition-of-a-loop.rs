use cm_runtime::context_manager;

#[context_manager]
fn in_the_condition_of_a_loop() {
    while yield_!().is_success() {}
}

fn main() {}
