use cm_runtime::{context_manager, with};

#[context_manager]
fn nothing() {
    yield_!();
}

macro_rules! give_up_if {
    ($condition:expr, $value:expr) => {
        if $condition {
            return Err($value);
        }
    };
}

macro_rules! do_if {
    ($condition:expr, $then:expr) => {
        if $condition {
            $then
        }
    };
}

fn hidden(text: String) -> Result<usize, String> {
    with! { nothing() => {
        give_up_if!(text.is_empty(), text);
        Ok(text.len())
    } }
}

fn shown(text: String) -> Result<usize, String> {
    with! { nothing() => {
        do_if!(text.is_empty(), return Err(text));
        Ok(text.len())
    } }
}

fn main() {
    assert_eq!((hidden("a".into()), shown("b".into())), (Ok(1), Ok(1)));
}
