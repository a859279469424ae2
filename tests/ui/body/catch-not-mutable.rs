use cm_runtime::{context_manager, with};

#[context_manager]
fn nothing() {
    yield_!();
}

fn main() {
    let all = vec![1];
    with! { nothing() => catch { all.push(2); } }
}
