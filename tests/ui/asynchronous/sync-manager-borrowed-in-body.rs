use cm_runtime::contextlib::nullcontext;
use cm_runtime::with;

fn length(text: &str) -> usize {
    text.len()
}

async fn number() -> usize {
    with! { async nullcontext(String::new()) as x => {
        length(&x)
    } }
}

fn main() {}
