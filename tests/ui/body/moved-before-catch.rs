use cm_runtime::{context_manager, with};

#[context_manager]
fn nothing() {
    yield_!();
}

fn lengths(text: String) -> usize {
    let taken = text;
    let again = with! { nothing() => catch {
        let text = text;
        text.len()
    } };
    taken.len() + again
}

fn main() {
    assert_eq!(lengths("a".into()), 2);
}
