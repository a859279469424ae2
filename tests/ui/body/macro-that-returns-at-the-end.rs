use cm_runtime::{context_manager, with};

#[context_manager]
fn nothing() {
    yield_!();
}

macro_rules! unless {
    ($condition:expr, $leave:expr) => {
        if !$condition {
            $leave
        }
    };
}

fn length(text: &str) -> u32 {
    with! { nothing() => {
        unless!(text.is_empty(), return 0);
    } }
}

fn main() {
    assert_eq!(length("x"), 0);
}
