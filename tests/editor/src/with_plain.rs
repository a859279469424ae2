//! The same as in `with.rs`, in plain blocks.

use std::fmt::Debug;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Mutex;

use cm_runtime::with;

use crate::managers::create;

#[rustfmt::skip]
pub fn append(path: &Path, journal: &Mutex<Vec<String>>, lines: &[&str]) -> io::Result<usize> {
    let mut done = journal.lock().unwrap(); let file = &mut create(path)?.0; { { // header
        for line in lines {
            if *line == "end" {
                return Ok(done.len());
                //        ^
            }
            writeln!(file, "{line}")?;
            //       ^
            //> file.|
            //> done.push(line.to_|)
            //> let n = don|
            //> let n = |;
            //> if line.is_|
            //> match done.first() { Some(first) => first.|
            done.push((*line).to_string());
            //   ^
        }
        let written = done.len();
        //  ^
        //> written.|
        //< Ok(writ|)
        Ok(written)
        // ^
    } }
}

#[rustfmt::skip]
pub fn header(path: &Path, journal: &Mutex<Vec<String>>) -> io::Result<()> {
    //< let _ = pa|;
    //< let mut done = journal.lock().unwrap(); let _ = create(pa|);
    //< let _ = path.|;
    //< let mut done = journal.lock().unwrap(); let _ = path.|;
    //< let mut done = journal.lock().unwrap(); { done.| };
    //< let mut done = journal.lock().unwrap(); { done.| };
    //< let first = journal.first(); { first.| };
    let _ = create(path)?;
    //      ^
    Ok(())
}

#[rustfmt::skip]
pub fn nested(path: &Path, journal: &Mutex<Vec<String>>) -> io::Result<usize> {
    let done = journal.lock().unwrap(); let length = { // header
        let file = &mut create(path)?.0; { // header
            file.flush()?;
            // ^
            //> writeln!(file, "{}", done.|)
            //> file.get_ref().|
            done.len()
            // ^
        }
    };
    //> length.|
    Ok(length)
    // ^
}

#[rustfmt::skip]
pub async fn others(journal: &Mutex<Vec<String>>) -> Option<usize> {
    let   done = journal.lock().unwrap(); { // header
    //    ^
    //           ^
        let first: String = done.iter().find(|line| line.is_empty())?.clone();
        //  ^
        //> let second = first.chars().map(|c| c.is_al|).next()?;
        //> std::future::ready(first).await.|
        //> if let Some(last) = done.last() { last.| }
        //> loop { break done.| }
    };
    let parsed: usize = { let done = journal.lock().unwrap(); { // header
        let n = done.len();
        //> done.iter().ma|
        //> return Some(n.|);
        n
    } };
    None
}

#[rustfmt::skip]
pub fn expected(path: &Path, journal: &Mutex<Vec<String>>) -> io::Result<Box<dyn Fn(&str) -> usize>> {
    let shown: Vec<Box<dyn Debug>> = { let (done) = journal.lock().unwrap(); { // header
        //> let n = done.|
        vec![Box::new(1), Box::new("a")]
    } };
    { let file = &mut create(path)?.0; let (mut done) = journal.lock().unwrap(); { // header
        let size = done.len();
        //         ^
        if size > 5 {
            return Ok(Box::new(str::len));
        }
        //> Ok(Box::new(|text| text.|))
        Ok(Box::new(move |text| text.len() + size))
        //                           ^
        //                                   ^
    } }
}

#[rustfmt::skip]
pub fn tried(journal: &Mutex<Vec<String>>) -> usize {
    let parsed: u64 = { let done = journal.lock().unwrap(); { // header
        //> let n = done.|
        //> let n = u64::from_str_radix(&done[0], |)
        done.len() as u64
        //   ^
    } };
    0
}
