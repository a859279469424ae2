use cm_runtime::with;

async fn outer() {
    with! { async String::from("text") as text => { println!("{text}"); } }
}

fn main() {
    drop(outer());
}
