use cm_runtime::contextlib::detached;
use cm_runtime::{context_manager, with};

#[context_manager]
async fn session(name: &str) {
    yield_!();
    println!("{name}");
}

async fn outer() {
    let name = String::from("a");
    with! { async detached(session(&name)) => {} };
}

fn main() {
    drop(outer());
}
