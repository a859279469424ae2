use cm_runtime::{context_manager, with};

#[context_manager(yields = &str)]
async fn text() {
    let text = String::from("own");
    yield_!(&text);
}

async fn outer() {
    let kept = with! { async text() as text => { text } };
    println!("{kept}");
}

fn main() {
    drop(outer());
}
