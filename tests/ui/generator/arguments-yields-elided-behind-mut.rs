use std::io;

use cm_runtime::{context_manager, with};

struct Transaction<'c>(&'c mut Vec<u8>);

#[context_manager(yields = &mut Transaction<'_>)]
fn transaction(bytes: &mut Vec<u8>) -> io::Result<()> {
    let mut transaction = Transaction(bytes);
    yield_!(&mut transaction);
    Ok(())
}

fn main() -> io::Result<()> {
    let mut bytes = Vec::new();
    with! { transaction(&mut bytes)? as tx => {
        tx.0.push(1);
    } }
    Ok(())
}
