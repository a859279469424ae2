use cm_runtime::{context_manager, with};

#[context_manager(yields = &str)]
fn text() {
    let text = String::from("own");
    yield_!(&text);
}

fn main() {
    let kept = with! { text() as text => { text } };
    println!("{kept}");
}
