use std::fs::File;
use std::io;

use cm_runtime::contextlib::closing;
use cm_runtime::with;

fn f(file: File) -> io::Result<()> {
    with! { closing(file, File::sync_all)? as file => {} }
    Ok(())
}

fn main() {}
