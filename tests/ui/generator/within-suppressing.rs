use cm_runtime::{Suppress, context_manager, within};

#[context_manager]
fn suppressing() -> Suppress {
    yield_!();
    Suppress::Yes
}

#[within(suppressing())]
fn number() -> u8 {
    7
}

fn main() {
    number();
}
