//! What has to be awaited when a block begins or ends: connections of an async program.
//!
//! ```console
//! $ cargo run --example asynchronous
//! ```

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::path::Path;

use cm_runtime::contextlib::{aclosing, temp_dir};
use cm_runtime::{context_manager, with};
use futures_util::{SinkExt, TryStreamExt};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rusqlite::Connection;
use tokio_util::codec::{Framed, LinesCodec, LinesCodecError};

/// Row 23: connect, commit or roll back, close; each of them is awaited. Python has an
/// `@asynccontextmanager` for it, or the class with `__aenter__` and `__aexit__`.
#[context_manager(yields = &Connection)]
async fn database(path: &Path) -> tokio_rusqlite::Result<()> {
    let db = Connection::open(path).await?;
    println!("connected");
    db.call(|db| db.execute_batch("BEGIN")).await?;
    let outcome = yield_!(&db);
    let end = if outcome.is_success() {
        "COMMIT"
    } else {
        "ROLLBACK"
    };
    println!("{end}");
    let ended = db.call(|db| db.execute_batch(end)).await;
    db.close().await?;
    println!("closed");
    ended
}

/// Row 23: the second name is refused if it is empty, and the first one goes with it.
async fn insert_both(path: &Path, names: [&'static str; 2]) -> tokio_rusqlite::Result<()> {
    with! { async database(path)? as db => {
        let table = "CREATE TABLE IF NOT EXISTS user (name TEXT CHECK (name <> ''))";
        db.call(|db| db.execute_batch(table)).await?;
        for name in names {
            db.call(move |db| db.execute("INSERT INTO user VALUES (?1)", [name])).await?;
        }
    } }
    Ok(())
}

/// Sends squares, a line each, until the client says something: whether that was goodbye.
async fn send_squares(mut client: TcpStream) -> io::Result<bool> {
    let (reader, mut writer) = client.split();
    let squares = async {
        let mut number = 1_u64;
        loop {
            let line = format!("{}\n", number * number);
            writer.write_all(line.as_bytes()).await?;
            number += 1;
        }
    };
    let mut said = String::new();
    let mut reader = BufReader::new(reader);
    tokio::select! {
        failed = squares => failed,
        read = reader.read_line(&mut said) => read.map(|_| said == "goodbye\n"),
    }
}

/// What closing a stream takes here: goodbye, and what the server has sent until it reads that.
async fn hang_up(mut squares: Framed<TcpStream, LinesCodec>) -> Result<(), LinesCodecError> {
    squares.send("goodbye").await?;
    while squares.try_next().await?.is_some() {}
    Ok(())
}

/// Row 24: `async with aclosing(squares):`. The stream has no end; it is left by `break`, or by the
/// error of a square that is too large for a byte. When the block is over, it is closed.
async fn first_above(limit: u8, server: SocketAddr) -> Result<Option<u8>, Box<dyn Error>> {
    let squares = Framed::new(TcpStream::connect(server).await?, LinesCodec::new());
    let mut found = None;
    with! { async aclosing(squares, hang_up)? as squares => {
        while let Some(square) = squares.try_next().await? {
            let square = square.parse()?;
            if square > limit {
                found = Some(square);
                break;
            }
        }
    } }
    Ok(found)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    with! { temp_dir("gallery-")? as dir => {
        println!("23: connected, committed or rolled back, closed");
        let path = dir.join("users.db");
        println!("inserted {}", insert_both(&path, ["ada", "grace"]).await.is_ok());
        println!("inserted {}", insert_both(&path, ["alan", ""]).await.is_ok());
        let names = "SELECT group_concat(name) FROM user";
        let db = rusqlite::Connection::open(&path)?;
        let names: String = db.query_row(names, [], |row| row.get(0))?;
        println!("rows {names}");
    } }

    println!("24: a stream that is left");
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let server = listener.local_addr()?;
    for limit in [200, 250] {
        let serve = async { send_squares(listener.accept().await?.0).await };
        let (found, told) = tokio::join!(first_above(limit, server), serve);
        let found = found.map_err(|e| e.to_string());
        println!("{found:?}, the server was told goodbye: {}", told?);
    }
    Ok(())
}
