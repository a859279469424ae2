//! The same as in `asynchronous.rs`, in plain blocks and functions.

use std::io;
use std::sync::Mutex;

use cm_runtime::{context_manager, with, within};

use crate::managers::{Pool, lend_to};

#[rustfmt::skip]
pub async fn query(pool: &Pool, journal: &Mutex<Vec<u32>>) -> io::Result<u32> {
    let mut done = journal.lock().unwrap(); let conn = &mut pool.acquire()?.0; { { // header
        let n = conn.ping().await?;
        //  ^
        //           ^
        //> conn.|
        //> let id = conn.ping().await?.|
        //> conn.ping().|
        //> done.push(conn.i|)
        if n == 0 {
            return Ok(conn.id);
            //             ^
        }
        done.push(n);
        //   ^
    } }
    Ok(0)
}

#[rustfmt::skip]
pub async fn header(pool: &Pool) -> io::Result<()> {
    //< let _ = pool.acq|;
    //< let conn = &mut pool.acquire()?.0; let _ = pool.|;
    //< let conn = &mut pool.acquire()?.0; { conn.| };
    let _ = pool;
    //      ^
    Ok(())
}

#[rustfmt::skip]
pub async fn second(pool: &Pool) -> io::Result<u32> {
    let conn = &mut pool.acquire()?.0; let id = { // header
        let n = conn.ping().await?;
        //  ^
        //           ^
        //> conn.|
        //> let other = n.check|
        n + conn.id
        //       ^
    };
    //> id.|
    Ok(id)
}

macro_rules! yield_ { () => {} } // completion offers it in both

/* In the other file an attribute stands here. */
pub async fn batch(pool: &Pool, size: usize) -> io::Result<()> {
    let mut batch = Vec::<u32>::with_capacity(size);
    //                                        ^
    //> batch.|
    //> pool.acquire()?.|
    //< let end = &mut batch.|;
    lend_to(&mut batch);
    let connection = &mut pool.acquire()?.0;
    //                         ^
    //> connection.|
    //> connection.ping().await?.|
    for n in batch {
        connection.id += n + connection.ping().await?;
        //                              ^
        //         ^
    }
    Ok(())
}

/* In the other file an attribute stands here. */
pub async fn first(pool: &Pool) -> io::Result<u32> { let conn = &mut pool.acquire()?.0; // header
    let n = conn.ping().await?;
    //           ^
    //> conn.|
    //> n.|
    Ok(n)
}
