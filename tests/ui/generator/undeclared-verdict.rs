use cm_runtime::{context_manager, with};

#[context_manager(yields = String)]
fn text() -> Verdict {
    r#yield!(String::new());
}

fn length(text: &str) -> usize {
    text.len()
}

fn main() {
    with! { text() as x => {
        length(&x);
    } }
}
