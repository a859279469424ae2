//! Async managers, in both spellings, and async generators.

use std::io;
use std::sync::Mutex;

use cm_runtime::{context_manager, with, within};

use crate::managers::{Pool, lend_to};

#[rustfmt::skip]
pub async fn query(pool: &Pool, journal: &Mutex<Vec<u32>>) -> io::Result<u32> {
    with! { journal as mut done, async pool.acquire()? as conn => { // header
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
    //< with! { async pool.acq| };
    //< with! { async pool.acquire()? as conn, async pool.| };
    //< with! { async pool.acquire()? as conn => conn.| };
    let _ = pool;
    //      ^
    Ok(())
}

#[rustfmt::skip]
pub async fn second(pool: &Pool) -> io::Result<u32> {
    let id = with!(conn = async { pool.acquire()? }, { // header
        let n = conn.ping().await?;
        //  ^
        //           ^
        //> conn.|
        //> let other = n.check|
        n + conn.id
        //       ^
    });
    //> id.|
    Ok(id)
}

// `yield_!`

#[context_manager(yields = &mut Vec<u32>)]
pub async fn batch(pool: &Pool, size: usize) -> io::Result<()> {
    let mut batch = Vec::<u32>::with_capacity(size);
    //                                        ^
    //> batch.|
    //> pool.acquire()?.|
    //< let end = yield_!(&mut batch.|);
    yield_!(&mut batch);
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

#[within(async pool.acquire()? as conn)] // header
pub async fn first(pool: &Pool) -> io::Result<u32> { // header
    let n = conn.ping().await?;
    //           ^
    //> conn.|
    //> n.|
    Ok(n)
}
