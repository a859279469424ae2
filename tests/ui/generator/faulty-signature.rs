use cm_runtime::context_manager;

#[context_manager]
fn generator(1 | _: u8) {
    yield_!();
}

fn main() {}
