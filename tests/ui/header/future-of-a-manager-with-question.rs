#[path = "../managers.rs"]
mod managers;

use std::io;

use cm_runtime::with;
use managers::{Fallible, open};

async fn connected() -> io::Result<Fallible> {
    open()
}

async fn outer() -> io::Result<()> {
    with! { connected()? as number => {
        println!("{number}");
    } }
    Ok(())
}

fn main() {
    drop(outer());
}
