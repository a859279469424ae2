//! `aclosing`, `timeout`.

use std::io::{self, Read as _, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use cm_runtime::contextlib::{aclosing, atransaction, timeout};
use cm_runtime::with;
use cm_tests::async_managers::{cut_after, pause};
use cm_tests::managers::Log;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use crate::on_tokio;

/// Sends lines to one client until it shuts down, and returns what it has sent back.
fn server() -> (u16, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let thread = std::thread::spawn(move || {
        let (mut client, _) = listener.accept().expect("a client");
        client.write_all(b"one\ntwo\nthree\n").expect("it reads");
        let mut back = String::new();
        // A client that drops the connection with lines unread resets it.
        let _ = client.read_to_string(&mut back);
        back
    });
    (port, thread)
}

async fn shut_down(mut lines: BufReader<TcpStream>) -> io::Result<()> {
    lines.write_all(b"bye").await?;
    lines.shutdown().await
}

#[test]
fn closed_after_a_break() {
    let (port, server) = server();
    let seen = on_tokio(async {
        let stream = BufReader::new(TcpStream::connect(("127.0.0.1", port)).await?);
        let mut seen = vec![];
        with! { async aclosing(stream, shut_down)? as stream => {
            loop {
                let mut line = String::new();
                stream.read_line(&mut line).await?;
                if line == "two\n" {
                    break;
                }
                seen.push(line);
            }
        } }
        io::Result::Ok(seen)
    });
    assert_eq!(seen.unwrap(), ["one\n"]);
    assert_eq!(server.join().unwrap(), "bye");
}

#[test]
fn dropped_when_it_cannot_be_awaited() {
    let (port, server) = server();
    let ended = on_tokio(timeout(Duration::from_millis(20), async {
        let stream = BufReader::new(TcpStream::connect(("127.0.0.1", port)).await?);
        with! { async aclosing(stream, shut_down)? as _stream => {
            std::future::pending::<()>().await;
        } }
        io::Result::Ok(())
    }));
    assert!(ended.is_err());
    assert_eq!(
        server.join().unwrap(),
        "",
        "the connection was dropped, without a word"
    );
}

/// At once, not when the manager is dropped, which may be later.
#[test]
fn dropped_with_a_manager_that_stays() {
    let (log, mut events) = (Log::new(), vec![]);
    let mut closes = aclosing(log.noisy("value"), async |_| log.say("closed"));
    assert!(
        cut_after(1, async {
            with! { async &mut closes => { pause().await; } }
        })
        .is_none()
    );
    events.append(&mut log.take());
    let both = async |_| log.say("ended");
    let mut begun = atransaction(log.noisy("begun"), both, both);
    assert!(
        cut_after(1, async {
            with! { async &mut begun => { pause().await; } }
        })
        .is_none()
    );
    events.append(&mut log.take());
    assert_eq!(events, ["drop value", "drop begun"]);
    drop((closes, begun));
}

#[test]
fn the_error_of_closing_reaches_the_caller() {
    let closed = on_tokio(async {
        with! { async aclosing(7, async |_| Err::<(), _>("late")) as seven => { *seven + 1 } }
    });
    assert_eq!(closed, Err("late"));
}

#[test]
fn a_timeout_that_is_not_needed() {
    assert_eq!(
        on_tokio(timeout(Duration::from_secs(60), async { 7 })),
        Ok(7)
    );
}
