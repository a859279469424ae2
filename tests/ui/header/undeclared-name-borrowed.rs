use cm_runtime::with;

fn length(text: &str) -> usize {
    text.len()
}

fn main() {
    with! { lock() as x => {
        length(&x);
    } }
}
