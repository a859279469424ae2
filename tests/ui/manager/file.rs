use std::fs::File;
use std::io::{self, Read};

use cm_runtime::with;

fn read(text: &mut String) -> io::Result<()> {
    with! { File::open("a.txt")? as file => {
        file.read_to_string(text)?;
    } }
    Ok(())
}

fn main() {
    read(&mut String::new()).unwrap();
}
