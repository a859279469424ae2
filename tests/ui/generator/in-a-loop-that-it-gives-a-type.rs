use std::io;

use cm_runtime::{context_manager, with};

#[context_manager(yields = &mut Vec<String>)]
fn each(words: &[&str]) -> io::Result<()> {
    let mut all = Vec::new();
    for word in words {
        all.push(word.parse().map_err(io::Error::other)?);
        yield_!(&mut all);
    }
    Ok(())
}

fn main() -> io::Result<()> {
    with! { each(&["a"])? as all => { all.clear(); } }
    Ok(())
}
