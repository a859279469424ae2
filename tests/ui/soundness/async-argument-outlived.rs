//! An async generator borrows its arguments for as long as it lives.

use cm_runtime::{context_manager, with};

#[context_manager(yields = &String)]
async fn lends(text: &String) {
    yield_!(text);
}

async fn outer() {
    let manager = {
        let text = String::from("short");
        lends(&text)
    };
    with! { async manager as text => { println!("{text}"); } }
}

fn main() {
    drop(outer());
}
