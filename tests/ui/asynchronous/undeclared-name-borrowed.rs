use cm_runtime::with;

fn length(text: &str) -> usize {
    text.len()
}

async fn first() -> usize {
    with! { async lock() as x => {
        length(&x)
    } }
}

fn main() {
    let _ = first();
}
