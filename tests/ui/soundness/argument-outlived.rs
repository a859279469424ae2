//! A generator borrows its arguments for as long as it lives.

use cm_runtime::{context_manager, with};

#[context_manager(yields = &String)]
fn lends(text: &String) {
    yield_!(text);
}

fn main() {
    let manager = {
        let text = String::from("short");
        lends(&text)
    };
    with! { manager as text => { println!("{text}"); } }
}
