//! The same as in `within.rs`, in a plain function.

use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Mutex;

use cm_runtime::within;

use crate::managers::create;

pub fn save(path: &Path, journal: &Mutex<Vec<String>>, lines: &[&str]) -> io::Result<usize> { // header
    let mut done = journal.lock().unwrap(); let file = &mut create(path)?.0; // header
    for line in lines {
        writeln!(file, "{line}")?;
        //       ^
        //> file.|
        //> done.push(line.to_|)
        //> let n = don|
        //> let n = |;
        done.push((*line).to_string());
        // ^
    }
    //> done.|
    //> path.|
    Ok(done.len())
    // ^
}

//< fn typed(path: &Path) { create(pa|); }
//< fn typed(path: &Path) { let _ = path.|; }
/* In the other file an attribute stands here. */
pub async fn flush(path: &Path) -> io::Result<()> {
    let file = &mut create(path)?.0; // header
    file.flush()?;
    //    ^
    //> file.get_mut().|
    Ok(())
}
