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

/* In the other file two attributes stand here. */

#[rustfmt::skip]
pub fn both((path, name): (&Path, Option<String>), journal: &Mutex<Vec<String>>) -> io::Result<Box<dyn Fn(&str) -> usize>> { let mut done = journal.lock().unwrap(); let file = &mut create(path)?.0; // header
    //           ^
    //                 ^
    //                              ^
    let count = done.len();
    //          ^
    //> file.|
    //> name.|
    //> Ok(Box::new(|text| text.|))
    Ok(Box::new(move |text| text.len() + count))
    //                           ^
}
