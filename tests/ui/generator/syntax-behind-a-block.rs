use std::io;

use cm_runtime::{context_manager, with};

fn lines() -> io::Result<usize> {
    with! { opened()? as lines => { Ok(lines.len()) } }
}

#[context_manager(yields = &mut Vec<String>)]
fn opened() -> io::Result<()> {
    let mut lines = io::stdin().lines().collect::<Result<Vec<_>, _>>()?
    yield_!(&mut lines);
    Ok(())
}

fn main() {
    lines().unwrap();
}
