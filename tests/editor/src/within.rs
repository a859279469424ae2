//! Functions within a manager.

use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Mutex;

use cm_runtime::within;

use crate::managers::create;

#[within(journal as mut done, create(path)? as file)] // header
pub fn save(path: &Path, journal: &Mutex<Vec<String>>, lines: &[&str]) -> io::Result<usize> { // header
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

//< #[within(create(pa|)? as file)]
//< #[within(create(path)? as file, path.|)] // header
#[within(create(path)? as file)]
pub async fn flush(path: &Path) -> io::Result<()> {
    // header
    file.flush()?;
    //    ^
    //> file.get_mut().|
    Ok(())
}

#[rustfmt::skip]
#[within(journal as mut done)] // header
#[within(create(path)? as file)] // header
pub fn both((path, name): (&Path, Option<String>), journal: &Mutex<Vec<String>>) -> io::Result<Box<dyn Fn(&str) -> usize>> { // header
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
