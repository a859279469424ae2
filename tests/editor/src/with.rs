//! Bodies and headers of `with!`.

use std::fmt::Debug;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Mutex;

use cm_runtime::with;

use crate::managers::create;

#[rustfmt::skip]
pub fn append(path: &Path, journal: &Mutex<Vec<String>>, lines: &[&str]) -> io::Result<usize> {
    with! { journal as mut done, create(path)? as file => { // header
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
    //< with! { pa| };
    //< with! { journal as mut done, create(pa|) };
    //< with! { path.| as end => { drop(end); } };
    //< with! { journal as mut done, path.| => { done.clear(); } };
    //< with! { journal as mut done => done.| };
    //< with! { journal as mut done { done.| } };
    //< with! { journal.first() as first => { first.| } };
    with! { create(path)? as file => { file.flush()?; } }
    //      ^
    Ok(())
}

#[rustfmt::skip]
pub fn nested(path: &Path, journal: &Mutex<Vec<String>>) -> io::Result<usize> {
    let length = with!(done = journal, { // header
        with! { create(path)? as file => { // header
            file.flush()?;
            // ^
            //> writeln!(file, "{}", done.|)
            //> file.get_ref().|
            done.len()
            // ^
        } }
    });
    //> length.|
    Ok(length)
    // ^
}

#[rustfmt::skip]
pub async fn others(journal: &Mutex<Vec<String>>) -> Option<usize> {
    with!(done = journal, { // header
    //    ^
    //           ^
        let first: String = done.iter().find(|line| line.is_empty())?.clone();
        //  ^
        //> let second = first.chars().map(|c| c.is_al|).next()?;
        //> std::future::ready(first).await.|
        //> if let Some(last) = done.last() { last.| }
        //> loop { break done.| }
    });
    let parsed: Result<usize, io::Error> = with! { journal as done => try { // header
        let n = done.len();
        //> done.iter().ma|
        //> return Some(n.|);
        n
    } };
    None
}

#[rustfmt::skip]
pub fn expected(path: &Path, journal: &Mutex<Vec<String>>) -> io::Result<Box<dyn Fn(&str) -> usize>> {
    let shown: Vec<Box<dyn Debug>> = with! { journal as (done) => { // header
        //> let n = done.|
        vec![Box::new(1), Box::new("a")]
    } };
    with! { create(path)? as file, journal as (mut done): _ => { // header
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
    let parsed: Result<u64, std::num::ParseIntError> = with! { journal as done => try { // header
        //> let n = done.|
        //> let n = u64::from_str_radix(&done[0], |)
        done.len() as u64
        //   ^
    } };
    0
}
