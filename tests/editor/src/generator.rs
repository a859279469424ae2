//! Functions with a yield.

use std::error::Error;
use std::fmt::Debug;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use cm_runtime::context_manager;

use crate::managers::lend_to;

// `yield_!`

#[context_manager(yields = &mut File)]
//< pub fn atomic_write(path: &Path) -> Result<(), io::Er|> {
pub fn atomic_write(path: &Path) -> io::Result<()> {
//                  ^
//                         ^
//                                  ^
//                                      ^
    let tmp = path.with_extension("tmp");
    //        ^
    let mut file = File::create(&tmp)?;
    //> file.|
    //> let length = file.metadata()?.|
    //> if fi|
    //> let n = |;
    //< let outcome = yield_!(&mut file.|)
    let outcome = yield_!(&mut file);
    //                         ^
    //> outcome.|
    //> match outcome.|
    if outcome.is_success() {
        // ^
        file.sync_all()?;
        // ^
        //> fs::rena|
        fs::rename(&tmp, path)
    } else {
        fs::remove_file(&tmp)
        //               ^
    }
}

//< #[context_manager(yields = &mut std::collections::Ha|)]
//< #[context_manager(yields = &mut fs::F|)]
#[context_manager(yields = &mut Vec<u8>)]
pub fn buffer((size, text): (usize, &str)) {
    let mut buffer = Vec::<u8>::with_capacity(size + text.len());
    //                                               ^
    //                          ^
    //< buffer.|
    //< size.|
    yield_!(&mut buffer);
}

pub struct Log {
    pub lines: Vec<String>,
}

impl Log {
    #[context_manager]
    pub fn section(&mut self, name: &str) {
        //                    ^
        self.lines.push(format!("begin {name}"));
        //   ^
        //> self.|
        //> self.lines.last().map(|line| line.|)
        //< let end = yield_!(); self.lines.|
        yield_!();
        //> name.|
    }
}

#[context_manager(yields = &mut Vec<Box<dyn Debug>>)]
pub fn names(path: &Path) -> Result<(), Box<dyn Error>> {
    let mut names: Vec<Box<dyn Debug>> = vec![Box::new(1)];
    if path.exists() {
        //  ^
        return Err("it is there".into());
        //                       ^
    }
    yield_!(&mut names);
    //> match names.first() { Some(first) => { first.| } }
    let count: u8 = names.len().try_into()?;
    //                          ^
    Ok(())
}
