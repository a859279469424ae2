use cm_runtime::with;

fn length(text: &str) -> usize {
    text.len()
}

fn first() -> std::io::Result<usize> {
    with! { lock()? as x => {
        Ok(length(&x))
    } }
}

fn main() {
    let _ = first();
}
