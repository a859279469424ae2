//! The same as in `generator.rs`, in plain functions.

use std::error::Error;
use std::fmt::Debug;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use cm_runtime::context_manager;

use crate::managers::lend_to;

macro_rules! yield_ { () => {} } // completion offers it in both

/* In the other file an attribute stands here. */
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
    //< let outcome = { let value = &mut file.|; lend_to(value) };
    let outcome = lend_to(&mut file);
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

//< type Lends = dyn for<'l> cm_runtime::Lend<'l, Value = &'l mut std::collections::Ha|>;
//< type Lends = dyn for<'l> cm_runtime::Lend<'l, Value = &'l mut fs::F|>;
/* In the other file an attribute stands here. */
pub fn buffer((size, text): (usize, &str)) {
    let mut buffer = Vec::<u8>::with_capacity(size + text.len());
    //                                               ^
    //                          ^
    //< buffer.|
    //< size.|
    lend_to(&mut buffer);
}

pub struct Log {
    pub lines: Vec<String>,
}

impl Log {
    /* In the other file an attribute stands here. */
    pub fn section(&mut self, name: &str) {
        //                    ^
        self.lines.push(format!("begin {name}"));
        //   ^
        //> self.|
        //> self.lines.last().map(|line| line.|)
        //< let end = lend_to(()); self.lines.|
        lend_to(());
        //> name.|
    }
}

/* In the other file an attribute stands here. */
pub fn names(path: &Path) -> Result<(), Box<dyn Error>> {
    let mut names: Vec<Box<dyn Debug>> = vec![Box::new(1)];
    if path.exists() {
        //  ^
        return Err("it is there".into());
        //                       ^
    }
    lend_to(&mut names);
    //> match names.first() { Some(first) => { first.| } }
    let count: u8 = names.len().try_into()?;
    //                          ^
    Ok(())
}
