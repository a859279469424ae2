//! Tasks that do not outlive their block, and cleanup that outlives a future.
//!
//! ```console
//! $ cargo run --example tasks
//! ```

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use cm_runtime::contextlib::{Cleanups, TaskGroup, detached, timeout};
use cm_runtime::{AsyncManager, Mut, Outcome, context_manager, with};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

type Connection = BufReader<TcpStream>;

/// A server that repeats each word it is told, but for "wait", which it leaves without an answer.
/// When a connection is over it tells which words it has heard.
async fn start_server() -> io::Result<(SocketAddr, UnboundedReceiver<Vec<String>>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let server = listener.local_addr()?;
    let (sender, heard) = unbounded_channel();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(repeat(BufReader::new(client), sender.clone()));
        }
    });
    Ok((server, heard))
}

async fn repeat(mut client: Connection, heard: UnboundedSender<Vec<String>>) {
    let (mut words, mut line) = (Vec::new(), String::new());
    while let Ok(1..) = client.read_line(&mut line).await {
        words.push(line.trim_end().to_owned());
        if line != "wait\n" && client.write_all(line.as_bytes()).await.is_err() {
            break;
        }
        line.clear();
    }
    let _ = heard.send(words); // row 42 does not ask
}

async fn say(connection: &mut Connection, word: &str) -> io::Result<String> {
    if word.contains(' ') {
        return Err(io::Error::other(format!("{word:?} is no word")));
    }
    connection.write_all(format!("{word}\n").as_bytes()).await?;
    let mut answer = String::new();
    connection.read_line(&mut answer).await?;
    Ok(answer.trim_end().to_owned())
}

/// Row 42: tells when its task is aborted.
#[context_manager]
fn announced(word: &str) {
    if let Outcome::Cancelled = yield_!() {
        println!("{word}: aborted");
    }
}

async fn ask(server: SocketAddr, word: &'static str) -> io::Result<String> {
    with! { announced(word) => {
        let mut connection = BufReader::new(TcpStream::connect(server).await?);
        say(&mut connection, word).await
    } }
}

/// Row 42: `async with asyncio.TaskGroup() as tasks`. All words at once. Behind the block no task
/// is left: if one fails the others are aborted, and its error, the first, is that of the block.
async fn ask_all(
    server: SocketAddr,
    words: [&'static str; 3],
) -> Result<Vec<String>, Box<dyn Error>> {
    let answers = with! { async TaskGroup::new()? as tasks => {
        words.map(|word| tasks.spawn(ask(server, word)))
    } };
    let mut all = Vec::new();
    for answer in answers {
        all.push(answer.await?);
    }
    Ok(all)
}

/// Row 43: a connection that ends well: the server is told to save, and then goodbye, and answers
/// both.
#[context_manager(yields = &mut Connection)]
async fn session(server: SocketAddr) -> io::Result<()> {
    let mut connection = BufReader::new(TcpStream::connect(server).await?);
    yield_!(&mut connection);
    say(&mut connection, "save").await?;
    say(&mut connection, "goodbye").await?;
    Ok(())
}

/// Row 43: waits in a session for an answer that does not come.
async fn wait(
    session: impl AsyncManager<Lends = Mut<Connection>, Exit = io::Result<()>>,
) -> io::Result<String> {
    with! { async session? as connection => { say(connection, "wait").await } }
}

/// Row 43: the time is over, and the future of the session is dropped. By itself its cleanup gets as
/// far as it can without waiting. (In Python it may await, unless it is cancelled once more, for which
/// there is `asyncio.shield`.) `detached`, it goes on beside the program, which waits for it before
/// it ends.
async fn timed_out() -> io::Result<()> {
    let (server, mut heard) = start_server().await?;
    let limit = Duration::from_secs(1);
    let end = timeout(limit, wait(session(server))).await;
    println!("by itself: {:?}", end.map_err(|e| e.to_string()));
    println!("heard {:?}", heard.recv().await.unwrap_or_default());

    let cleanups = Cleanups::new();
    let session = detached(session(server)).counted_in(&cleanups);
    let end = timeout(limit, wait(session)).await;
    println!("detached: {:?}", end.map_err(|e| e.to_string()));
    println!("cleanups that go on {}", cleanups.count());
    cleanups.ended().await;
    println!("heard {:?}", heard.recv().await.unwrap_or_default());
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    println!("42: a task group");
    let (server, _) = start_server().await?;
    for words in [["one", "two", "three"], ["wait", "and see", "what comes"]] {
        let answers = ask_all(server, words).await.map_err(|e| e.to_string());
        println!("caller has {answers:?}");
    }
    println!("43: cleanup that survives a dropped future");
    timed_out().await?;
    Ok(())
}
