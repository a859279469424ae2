use cm_runtime::{context_manager, with};

#[context_manager]
fn told(name: String) {
    drop(name);
    yield_!();
    println!("{name}");
}

fn main() {
    with! { told("a".into()) => {} }
}
