use cm_runtime::context_manager;

#[context_manager]
fn parsed(text: &str) {
    let n: u8 = text.parse()?;
    yield_!();
    println!("{n}");
}

fn main() {}
